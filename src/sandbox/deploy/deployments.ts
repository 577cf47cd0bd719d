import { FlowsRefused } from '../flows/refused.ts';
import { checkMetadata } from '../metadata/check-metadata.ts';
import type { SandboxOrg } from '../org/open-org.ts';
import { OrgError } from '../org/org-error.ts';
import { recordId } from '../org/record-id.ts';
import { componentsOf, type DeployedComponent } from './components.ts';
import type { Deployment, DeployOptions, Failure } from './deploy-result.ts';
import { unzip } from './unzip.ts';

export interface Deployments {
  /** Takes a package; it is deployed after those taken before it. */
  start(zip: Blob, options: DeployOptions, userId: string): Deployment;
  /** Deploys what was validated before. Throws OrgError when that was no successful validation. */
  startValidated(id: string, userId: string): Deployment;
  /** Throws OrgError for an id that is no deploy's. */
  get(id: string): Deployment;
  /** Calls off a deploy that has not begun. Throws OrgError when it has. */
  cancel(id: string): Deployment;
  /** Resolves when every deploy taken so far has ended. */
  settled(): Promise<void>;
}

/**
 * @param production deploys as a production org does: active flows arrive inactive
 */
export function makeDeployments({ org, production }: { org: SandboxOrg; production: boolean }): Deployments {
  const known = new Map<string, Deployment>();
  let queue: Promise<void> = Promise.resolve();
  let lastId = 0;

  const deploy = async (deployment: Deployment, read: () => Promise<DeployedComponent[]>): Promise<void> => {
    if (deployment.status !== 'Pending') return;
    deployment.status = 'InProgress';
    try {
      deployment.components = await read();
      const had = new Set(org.metadata().map(({ path }) => path));
      deployment.added = new Set(deployment.components.map(({ file }) => file.path).filter((path) => !had.has(path)));
      deployment.failures = install(org, deployment);
    } catch (error) {
      deployment.error = error instanceof Error ? error.message : String(error);
    }
    const isGood = deployment.failures.length === 0 && deployment.error === undefined;
    deployment.status = isGood ? 'Succeeded' : 'Failed';
    deployment.ended = org.now();
  };

  const take = (
    read: () => Promise<DeployedComponent[]>,
    about: Pick<Deployment, 'options' | 'validatedId'>,
    userId: string,
  ): Deployment => {
    const created = org.now();
    lastId = Math.max(lastId + 1, created.getTime());
    const by = { id: userId, name: String(org.as(userId).row('User', userId)?.Name) };
    const deployment: Deployment = {
      id: recordId('0Af', lastId),
      ...about,
      by,
      created,
      status: 'Pending',
      components: [],
      added: new Set(),
      failures: [],
    };
    known.set(deployment.id, deployment);
    queue = queue.then(() => deploy(deployment, read));
    return deployment;
  };

  const get = (id: string): Deployment => {
    const found = known.get(id) ?? [...known.values()].find((each) => each.id.slice(0, 15) === id);
    if (found) return found;
    throw new OrgError('INVALID_CROSS_REFERENCE_KEY', `invalid cross reference id: no deploy has the id ${id}`);
  };

  return {
    start(zip, options, userId) {
      const read = async () => {
        const components = componentsOf(await unzip(await zip.arrayBuffer()));
        return production ? components.map(arriving) : components;
      };
      return take(read, { options, validatedId: null }, userId);
    },
    startValidated(id, userId) {
      const { status, options, components } = get(id);
      if (status !== 'Succeeded' || !options.checkOnly) {
        throw new OrgError('INVALID_ID_FIELD', `${id} is no successful validation that could be deployed.`);
      }
      return take(async () => components, { options: { ...options, checkOnly: false }, validatedId: id }, userId);
    },
    get,
    cancel(id) {
      const deployment = get(id);
      if (deployment.status !== 'Pending') {
        throw new OrgError('INVALID_ID_FIELD', `The deploy ${id} cannot be canceled: it is ${deployment.status}.`);
      }
      deployment.status = 'Canceled';
      deployment.ended = org.now();
      return deployment;
    },
    settled: () => queue,
  };
}

/** Checks the components together with what the org has, and loads them when nothing is wrong. */
function install(org: SandboxOrg, { components, options }: Deployment): Failure[] {
  const byPath = new Map(components.map((component) => [component.file.path, component]));
  const files = components.map(({ file }) => file);
  const failures = checkMetadata(org.metadataWith(files)).flatMap(({ severity, file, line, message }): Failure[] => {
    const component = byPath.get(file);
    if (!component || severity !== 'error') return [];
    return [{ component, line: component.firstLine + line - 1, problem: message }];
  });
  if (failures.length > 0) return failures;
  try {
    org.install(files, { checkOnly: options.checkOnly });
    return [];
  } catch (error) {
    if (error instanceof FlowsRefused) return refusedFlows(error, byPath);
    const message = error instanceof Error ? error.message : String(error);
    const component = components.find(({ file }) => message.startsWith(`${file.path}: `));
    if (!component) throw error;
    return [{ component, line: component.firstLine, problem: message.slice(component.file.path.length + 2) }];
  }
}

/** What the sandbox cannot play, flow by flow. Throws when a flow is to blame that is not in the package. */
function refusedFlows(error: FlowsRefused, byPath: ReadonlyMap<string, DeployedComponent>): Failure[] {
  return error.problems.map(({ file, line, message }) => {
    const component = byPath.get(file);
    if (!component) throw error;
    return { component, line: component.firstLine + line - 1, problem: message };
  });
}

// A production org activates no flow by a deploy unless a setting says so, which then asks for test coverage.
function arriving(component: DeployedComponent): DeployedComponent {
  if (component.type !== 'Flow') return component;
  const text = component.file.text.replace('<status>Active</status>', '<status>Draft</status>');
  return { ...component, file: { ...component.file, text } };
}
