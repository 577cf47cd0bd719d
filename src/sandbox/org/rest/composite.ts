import { OrgError } from '../org-error.ts';
import { type Call, objectBody, ok, type Parts, type Resource } from './call.ts';
import {
  answered,
  failed,
  halted,
  ROLLED_BACK,
  type Subanswer,
  type Subrequest,
  subanswer,
  subrequests,
} from './subrequest.ts';
import { Undone } from './undone.ts';

const MAX_SUBREQUESTS = 25;
const MAX_QUERIES = 5;

/** `/composite`: up to 25 subrequests in order, at most 5 of them queries or collections. */
export function compositeResources(parts: Parts): Resource[] {
  return [
    {
      method: 'POST',
      pattern: '/composite',
      run(call) {
        const { compositeRequest, allOrNone } = objectBody(call);
        const requests = subrequests(compositeRequest);
        checkLimits(requests);
        return ok({
          compositeResponse: allOrNone === true ? together(parts, call, requests) : eachAlone(parts, call, requests),
        });
      },
    },
  ];
}

function checkLimits(requests: Subrequest[]): void {
  const queries = requests.filter(({ url }) => /\/v\d+\.\d\/(query|composite\/sobjects)/.test(url));
  const isNested = requests.some(({ url }) => /\/composite(\/(graph|batch|tree))?(\?|$)/.test(url));
  if (requests.length > MAX_SUBREQUESTS) throw tooMany(`${MAX_SUBREQUESTS} subrequests`);
  if (queries.length > MAX_QUERIES) throw tooMany(`${MAX_QUERIES} query and sObject Collections subrequests`);
  if (isNested) throw new OrgError('INVALID_INPUT', 'A composite request cannot contain another composite request.');
}

function tooMany(limit: string): OrgError {
  return new OrgError('LIMIT_EXCEEDED', `A composite request can contain at most ${limit}.`);
}

function eachAlone(parts: Parts, call: Call, requests: Subrequest[]): Subanswer[] {
  const results = new Map<string, unknown>();
  return requests.map((request) => {
    const answer = answered(parts, call, request, results);
    results.set(request.referenceId, answer.body);
    return subanswer(request.referenceId, answer);
  });
}

/** Answers all subrequests or, when one fails, undoes them: that one carries its error, the others say so. */
export function together(parts: Parts, call: Call, requests: Subrequest[]): Subanswer[] {
  const results = new Map<string, unknown>();
  const answers: Subanswer[] = [];
  try {
    return parts.org.transaction(() => {
      for (const request of requests) {
        const answer = answered(parts, call, request, results);
        answers.push(subanswer(request.referenceId, answer));
        if (failed(answer)) throw new Undone();
        results.set(request.referenceId, answer.body);
      }
      return answers;
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    const failing = answers.at(-1);
    return requests.map(({ referenceId }) =>
      failing?.referenceId === referenceId ? failing : halted(referenceId, ROLLED_BACK),
    );
  }
}
