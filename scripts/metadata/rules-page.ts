import { RULES } from '../../src/sandbox/metadata/rules.ts';

/** The page `docs/metadata-checks.md`, made from the rules themselves. */
export function rulesPage(): string {
  const rows = RULES.map(({ name, says, source, severity }) => {
    const cells = [`\`${name}\``, says, source, severity === 'error' ? 'an org refuses it' : 'this project does'];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return `# What \`npm run check:metadata\` checks

Made from \`src/sandbox/metadata/rules\` by \`node scripts/metadata-papers.ts\`; a test keeps it equal. A finding is printed as
\`file:line rule message\`, and any finding makes the command fail. The sandbox runs the same rules on what is deployed to
it, and refuses what an org would.

| rule | what must be so | says who | who refuses |
|---|---|---|---|
${rows.join('\n')}

Besides, tools that others wrote: \`@salesforce/source-deploy-retrieve\` reads each package as the Salesforce CLI would
(\`package-shape\`: its manifest is the one in the folder), and \`@flow-scanner/lightning-flow-scanner-core\` looks at every
flow (\`flow-scanner\`: no error, no warning).

\`node scripts/mutations.ts\` plants forty faults in \`force-app\`, one at a time and in memory, and shows that each is found
by the rule, in the file and on the line where it is.
`;
}
