import { OrgError, unsupported } from '../org-error.ts';
import { type Answer, type Call, notFound, ok, type Parts, type Resource } from './call.ts';
import { collectionResources } from './collections.ts';
import { compositeResources } from './composite.ts';
import { describeResources } from './describe.ts';
import { graphResources } from './graph.ts';
import { queryResources } from './queries.ts';
import { rowResources } from './rows.ts';

/** Everything below `/services/data/vXX.X`. */
export interface Resources {
  /** Answers a call; throws OrgError. */
  run(call: Call): Answer;
  /** The resource's pattern, for counting calls; the path itself when there is no such resource. */
  pattern(method: string, path: string): string;
}

export const DAILY_API_CALLS = 100_000;

const KNOWN_BUT_UNSUPPORTED =
  /^\/(tooling|metadata|search|parameterizedSearch|jobs|process|analytics|ui-api|connect|chatter|actions|composite\/(batch|tree))(\/|$)/;

/** The resources this org has, the more exact patterns first. */
export function makeResources(given: Omit<Parts, 'run'>, more: Resource[]): Resources {
  const parts: Parts = { ...given, run };
  const resources: { resource: Resource; segments: string[] }[] = [
    ...describeResources(),
    ...rowResources(),
    ...queryResources(parts),
    ...compositeResources(parts),
    ...graphResources(parts),
    ...collectionResources(parts),
    ...generalResources(parts),
    ...more,
  ].map((resource) => ({ resource, segments: segmentsOf(resource.pattern) }));

  function matching(path: string): { resource: Resource; parameters: Record<string, string> }[] {
    const given = segmentsOf(path);
    return resources.flatMap(({ resource, segments }) => {
      const parameters = bound(segments, given);
      return parameters ? [{ resource, parameters }] : [];
    });
  }

  function run(call: Call): Answer {
    const found = matching(call.path);
    const match = found.find(({ resource }) => resource.method === call.method);
    if (match) return match.resource.run(call, match.parameters);
    if (KNOWN_BUT_UNSUPPORTED.test(call.path)) throw unsupported(`the resource ${call.path}`);
    if (found.length === 0) throw notFound(`The requested resource does not exist: the sandbox has no ${call.path}.`);
    const allowed = found.map(({ resource }) => resource.method).join(',');
    const message = `HTTP Method '${call.method}' not allowed. Allowed are ${allowed}`;
    throw new OrgError('METHOD_NOT_ALLOWED', message, { status: 405 });
  }

  return {
    run,
    pattern: (method, path) =>
      matching(path).find(({ resource }) => resource.method === method)?.resource.pattern ?? path,
  };
}

function segmentsOf(path: string): string[] {
  return path.replace(/\/$/, '').split('/').slice(1);
}

function bound(pattern: string[], given: string[]): Record<string, string> | undefined {
  if (pattern.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const actual = given[index] ?? '';
    if (segment.startsWith(':')) parameters[segment.slice(1)] = decodeURIComponent(actual);
    else if (segment !== actual) return undefined;
  }
  return parameters;
}

function generalResources({ dailyLimit, remainingCalls }: Parts): Resource[] {
  const NAMES = ['sobjects', 'query', 'queryAll', 'composite', 'limits'];
  return [
    {
      method: 'GET',
      pattern: '/',
      run: ({ base }) => ok(Object.fromEntries(NAMES.map((name) => [name, `${base}/${name}`]))),
    },
    {
      method: 'GET',
      pattern: '/limits',
      run: () => ok({ DailyApiRequests: { Max: dailyLimit(), Remaining: remainingCalls() } }),
    },
  ];
}
