// `npm run check:metadata`: what an org, or this project, would refuse in force-app. Changes nothing.
import { checkMetadata } from '../src/sandbox/metadata/check-metadata.ts';
import { scannedFlows } from './metadata/flow-scan.ts';
import { misshapen } from './metadata/package-shape.ts';
import { projectFiles } from './metadata/project-files.ts';
import { serviceDemands } from './metadata/service-demands.ts';

const files = projectFiles();
const flows = files.map(({ path }) => path).filter((path) => path.endsWith('.flow-meta.xml'));
const findings = [
  ...checkMetadata(files, await serviceDemands()),
  ...(await scannedFlows(flows)),
  ...(await misshapen()),
];
for (const { file, line, rule, message } of findings) console.log(`${file}:${line} ${rule} ${message}`);
console.log(`${files.length} files, ${findings.length} findings`);
process.exit(findings.length === 0 ? 0 : 1);
