import JSZip from 'jszip';
import { type Deployments, makeDeployments } from '../../../src/sandbox/deploy/deployments.ts';
import { ADMIN, type SandboxOrg } from '../../../src/sandbox/org/open-org.ts';

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** A file in metadata format. */
export const xml = (root: string, inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${NAMESPACE}>\n${inner}\n</${root}>\n`;

export const checkboxField = (name: string): string =>
  `  <fields>
    <fullName>${name}</fullName>
    <defaultValue>false</defaultValue>
    <description>For tests.</description>
    <label>For tests</label>
    <type>Checkbox</type>
  </fields>`;

/** A zip as it is deployed: the files and a manifest. */
export async function zipped(files: Record<string, string>): Promise<Blob> {
  const zip = new JSZip();
  zip.file('package.xml', xml('Package', '  <version>68.0</version>'));
  for (const [path, text] of Object.entries(files)) zip.file(path, text);
  return new Blob([await zip.generateAsync({ type: 'arraybuffer' })]);
}

/** Deploys files to an org and waits for the end; one set of deployments for one org. */
export function deployer(org: SandboxOrg, production = false) {
  const deployments: Deployments = makeDeployments({ org, production });
  const start = async (files: Record<string, string>, checkOnly: boolean) => {
    const deployment = deployments.start(await zipped(files), { checkOnly }, org.userId(ADMIN));
    await deployments.settled();
    return deployment;
  };
  return {
    deployments,
    deploy: (files: Record<string, string>) => start(files, false),
    validate: (files: Record<string, string>) => start(files, true),
  };
}
