// Writes the table of variables in README.md and .env.example from the schema in src/config.ts: `node scripts/environment.ts`.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ENVIRONMENT } from '../src/config.ts';
import { markdownTable, withMadeBlock } from './metadata/made-block.ts';

const variables = Object.entries(ENVIRONMENT.shape).map(([name, schema]) => {
  const preset = schema.safeParse(undefined).data;
  return {
    name,
    preset: typeof preset === 'string' || typeof preset === 'number' ? String(preset) : '',
    meaning: schema.description ?? '',
  };
});

/** README.md with its table of variables as the schema has it. */
export function readmeWithTable(readme: string): string {
  const rows = variables.map(({ name, preset, meaning }) => [`\`${name}\``, preset && `\`${preset}\``, meaning]);
  return withMadeBlock(readme, 'environment', markdownTable(['variable', 'if not set', 'what it is'], rows));
}

/** .env.example: every variable, commented out, with what it is. */
export function envExample(): string {
  const blocks = variables.map(({ name, preset, meaning }) => `# ${meaning}\n#${name}=${preset}`);
  return `# Copy to .env, fill in, then: node --env-file=.env src/main.ts\n# With nothing set, npm start brings its own Salesforce org and mailbox.\n\n${blocks.join('\n\n')}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync('README.md', readmeWithTable(readFileSync('README.md', 'utf8')));
  writeFileSync('.env.example', envExample());
}
