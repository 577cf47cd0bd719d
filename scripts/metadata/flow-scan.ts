import { createRequire } from 'node:module';
import type * as Scanner from '@flow-scanner/lightning-flow-scanner-core';
import type { Finding } from '../../src/sandbox/metadata/finding.ts';

/** What the public flow scanner says about these flow files: its errors and warnings. Its notes are matters of taste. */
export async function scannedFlows(paths: readonly string[]): Promise<Finding[]> {
  if (paths.length === 0) return [];
  // The package is CommonJS whose names Node cannot see from a module.
  const { parse, scan }: typeof Scanner = createRequire(import.meta.url)('@flow-scanner/lightning-flow-scanner-core');
  const flows = await parse([...paths]);
  const broken = flows.flatMap(({ uri, flow, errorMessage }) => (flow ? [] : [finding(uri, 1, `${errorMessage}`)]));
  const results = scan(flows).flatMap(({ flow, ruleResults }) =>
    ruleResults
      .filter(({ occurs, severity }) => occurs && severity !== 'note')
      .flatMap(({ ruleName, details }) =>
        details.map(({ name, lineNumber }) => finding(flow.fsPath ?? '', lineNumber || 1, `${ruleName}: ${name}`)),
      ),
  );
  return [...broken, ...results];
}

const finding = (file: string, line: number, message: string): Finding => ({
  rule: 'flow-scanner',
  file,
  line,
  message,
  severity: 'warning',
});
