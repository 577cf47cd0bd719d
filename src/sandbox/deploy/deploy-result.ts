import type { DeployedComponent } from './components.ts';

/** What the caller asks of a deploy; the sandbox heeds `checkOnly`, the rest is handed back. */
export interface DeployOptions {
  checkOnly: boolean;
  [option: string]: unknown;
}

export type DeployStatus = 'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled';

/** What went wrong with one file of a package. */
export interface Failure {
  component: Pick<DeployedComponent, 'type' | 'fullName' | 'fileName'>;
  /** Counted from 1 in the package's file. */
  line: number;
  problem: string;
}

/** One deploy and how far it came. */
export interface Deployment {
  readonly id: string;
  /** The successful validation this one repeats for good, as a quick deploy. */
  readonly validatedId: string | null;
  readonly options: DeployOptions;
  readonly by: { id: string; name: string };
  readonly created: Date;
  status: DeployStatus;
  ended?: Date;
  components: DeployedComponent[];
  /** The paths of the components the org did not have before. */
  added: ReadonlySet<string>;
  failures: Failure[];
  /** Why the package as a whole could not be taken. */
  error?: string;
}

/** A deploy as the Metadata API's REST resource answers it. */
export function deployAnswer(deployment: Deployment, details: boolean): object {
  const { id, validatedId, options } = deployment;
  return {
    id,
    validatedDeployRequestId: validatedId,
    deployOptions: options,
    deployResult: deployResult(deployment, details),
  };
}

function deployResult(deployment: Deployment, details: boolean): object {
  const { id, status, options, by, created, ended, failures, error } = deployment;
  const components = whole(deployment.components);
  const isDone = ended !== undefined;
  const failed = new Set(failures.map(({ component }) => keyOf(component))).size;
  return {
    id,
    status,
    done: isDone,
    success: status === 'Succeeded',
    checkOnly: options.checkOnly,
    ignoreWarnings: options.ignoreWarnings === true,
    rollbackOnError: options.rollbackOnError !== false,
    runTestsEnabled: false,
    createdBy: by.id.slice(0, 15),
    createdByName: by.name,
    createdDate: created.toISOString(),
    startDate: created.toISOString(),
    lastModifiedDate: (ended ?? created).toISOString(),
    completedDate: ended?.toISOString() ?? null,
    numberComponentsTotal: components.length,
    numberComponentErrors: failed,
    numberComponentsDeployed: isDone ? components.length - failed : 0,
    numberTestsTotal: 0,
    numberTestsCompleted: 0,
    numberTestErrors: 0,
    stateDetail: null,
    errorMessage: error ?? null,
    errorStatusCode: error === undefined ? null : 'UNKNOWN_EXCEPTION',
    ...(status === 'Canceled' ? { canceledBy: by.id.slice(0, 15), canceledByName: by.name } : {}),
    details: details ? deployDetails(deployment) : null,
  };
}

function deployDetails({ components, added, failures, ended, created }: Deployment): object {
  const failed = new Set(failures.map(({ component }) => keyOf(component)));
  const common = { createdDate: (ended ?? created).toISOString(), deleted: false, warning: false };
  const successes = whole(components).filter((component) => !failed.has(keyOf(component)));
  const isNew = ({ file }: DeployedComponent) => added.has(file.path);
  return {
    allComponentMessages: [],
    componentSuccesses: (ended ? successes : []).map((component) => ({
      ...common,
      ...named(component),
      success: true,
      created: isNew(component),
      changed: true,
      columnNumber: null,
      lineNumber: null,
      problem: null,
      problemType: null,
    })),
    componentFailures: failures.map(({ component, line, problem }) => ({
      ...common,
      ...named(component),
      success: false,
      created: false,
      changed: false,
      columnNumber: 1,
      lineNumber: line,
      problem,
      problemType: 'Error',
    })),
    retrieveResult: null,
    runTestResult: NO_TESTS,
  };
}

/** This org has no Apex, so there is nothing to run. */
const NO_TESTS = {
  apexLogId: '',
  codeCoverage: [],
  codeCoverageWarnings: [],
  failures: [],
  flowCoverage: [],
  flowCoverageWarnings: [],
  numFailures: 0,
  numTestsRun: 0,
  successes: [],
  totalTime: 0,
};

function named({ type, fullName, fileName }: Failure['component']) {
  return { componentType: type, fullName, fileName };
}

/** A bundle is many files and one component. */
const whole = (components: readonly DeployedComponent[]): DeployedComponent[] =>
  [...Map.groupBy(components, keyOf).values()].flatMap(([first]) => first ?? []);

const keyOf = ({ type, fullName }: Failure['component']): string => `${type}#${fullName}`;
