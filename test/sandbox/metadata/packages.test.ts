import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { afterAll, describe, expect, it } from 'vitest';
import { scannedFlows } from '../../../scripts/metadata/flow-scan.ts';
import { misshapen, PACKAGES, packed } from '../../../scripts/metadata/package-shape.ts';
import { projectFiles } from '../../../scripts/metadata/project-files.ts';
import { checkMetadata } from '../../../src/sandbox/metadata/check-metadata.ts';
import { FLOW } from './fixture.ts';

const scratch = mkdtempSync(join(tmpdir(), 'nps-metadata-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('the packages', () => {
  it('are listed by their manifests as the Salesforce CLI lists them', async () => {
    expect(await misshapen()).toEqual([]);
  });

  it('hold every metadata file there is', async () => {
    const sets = await Promise.all(PACKAGES.map(packed));
    const components = sets.flatMap((set) => set.getSourceComponents().toArray());
    const held = new Set(
      components
        .flatMap((each) => [each, ...each.getChildren()])
        .flatMap(({ xml }) => (xml ? [xml.slice(xml.indexOf('force-app'))] : [])),
    );
    const shipped = projectFiles().filter(({ path }) => path.endsWith('-meta.xml'));
    expect(shipped.filter(({ path }) => !held.has(path))).toEqual([]);
  });

  it('are found faultless in metadata format, too, which is what a deploy sends', async () => {
    for (const folder of PACKAGES.slice(0, 2)) {
      await new MetadataConverter().convert(await packed(folder), 'metadata', {
        type: 'directory',
        outputDirectory: scratch,
        packageName: folder.replaceAll('/', '-'),
      });
    }
    const files = readdirSync(scratch, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({ path: path.slice(scratch.length + 1), text: readFileSync(path, 'utf8') }));
    expect(files.length).toBeGreaterThan(15);
    expect(checkMetadata(files).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('the flow scanner', () => {
  const scanned = async (name: string, text: string) => {
    mkdirSync(join(scratch, 'flows'), { recursive: true });
    const path = join(scratch, 'flows', name);
    writeFileSync(path, text);
    return (await scannedFlows([path])).map(({ message }) => message.split(':')[0]);
  };

  it('has nothing to say of a good flow', async () => {
    expect(await scanned('NPS_Publish.flow-meta.xml', FLOW.text)).toEqual([]);
  });

  it('finds a flow without a fault path and one without a description', async () => {
    const faultless = FLOW.text.replace(/<faultConnector>.*<\/faultConnector>/, '');
    expect(await scanned('NPS_Bare.flow-meta.xml', faultless)).toContain('MissingFaultPath');
    const silent = FLOW.text.replace(/<description>.*<\/description>/, '');
    expect(await scanned('NPS_Silent.flow-meta.xml', silent)).toContain('FlowDescription');
  });
});
