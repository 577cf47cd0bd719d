import { ADMIN, type SandboxOrg } from '../org/open-org.ts';
import { OrgError } from '../org/org-error.ts';
import { type Call, isObject, notFound, ok, type Resource } from '../org/rest/call.ts';
import { type DeployOptions, deployAnswer } from './deploy-result.ts';
import type { Deployments } from './deployments.ts';

const DEPLOYS = '/metadata/deployRequest';

/** The Metadata API's deploy by REST: start, validate, deploy a validation, ask, cancel. */
export function deployResources(org: SandboxOrg, deployments: Deployments): Resource[] {
  const allowed = ({ session }: Call): string => {
    if (session.userId === org.userId(ADMIN)) return session.userId;
    const message = 'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions';
    throw new OrgError('INSUFFICIENT_ACCESS', message, { status: 403 });
  };
  return [
    {
      // How the CLI asks whether an org tracks source, before each deploy. This one does not.
      method: 'GET',
      pattern: '/tooling/sobjects/SourceMember/describe',
      run: () => {
        throw notFound();
      },
    },
    {
      method: 'POST',
      pattern: DEPLOYS,
      run(call) {
        const userId = allowed(call);
        const validated = isObject(call.body) ? call.body.validatedDeployRequestId : undefined;
        const deployment =
          typeof validated === 'string'
            ? deployments.startValidated(validated, userId)
            : deployments.start(zipOf(call), optionsOf(call), userId);
        return { status: 201, body: deployAnswer(deployment, false) };
      },
    },
    {
      method: 'GET',
      pattern: `${DEPLOYS}/:id`,
      run(call, { id = '' }) {
        allowed(call);
        return ok(deployAnswer(deployments.get(id), call.query.get('includeDetails') === 'true'));
      },
    },
    {
      method: 'PATCH',
      pattern: `${DEPLOYS}/:id`,
      run(call, { id = '' }) {
        allowed(call);
        const wanted = isObject(call.body) ? call.body.deployResult : undefined;
        if (isObject(wanted) && wanted.status === 'Canceling') {
          return { status: 202, body: deployAnswer(deployments.cancel(id), false) };
        }
        throw new OrgError('INVALID_INPUT', 'The only change of a deploy is {"deployResult":{"status":"Canceling"}}.');
      },
    },
  ];
}

function zipOf({ body }: Call): Blob {
  const file = body instanceof FormData ? body.get('file') : null;
  if (file instanceof Blob) return file;
  throw new OrgError('INVALID_MULTIPART_REQUEST', 'A deploy is a multipart request with the zip in the part "file".');
}

// Salesforce's guide calls this part `json`, its CLI `entity_content`.
function optionsOf({ body }: Call): DeployOptions {
  const part = body instanceof FormData ? (body.get('entity_content') ?? body.get('json')) : null;
  const parsed: unknown = typeof part === 'string' ? JSON.parse(part) : undefined;
  const options = isObject(parsed) ? parsed.deployOptions : undefined;
  if (isObject(options)) return { ...options, checkOnly: options.checkOnly === true };
  throw new OrgError('JSON_PARSER_ERROR', 'The deploy options are missing: {"deployOptions":{...}}.');
}
