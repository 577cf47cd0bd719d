import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The rules of `design.md`, "Imports point one way", and of the house. */

const ROOT = join(import.meta.dirname, '..');
const EDGES = ['salesforce', 'mail', 'spool', 'web', 'paper'];

interface SourceFile {
  path: string;
  /** The folder under src, or the file's own name at its top: `loop`, `app`. */
  part: string;
  text: string;
  /** Without comments and quoted text; templates stay, because code stands in them. */
  code: string;
  imports: { path: string; part: string; typesOnly: boolean }[];
}

const files: SourceFile[] = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => sourceFile(join('src', name)));

function partOf(path: string): string {
  return (path.split('/')[1] ?? '').replace(/\.ts$/, '');
}

function sourceFile(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  // Comments and texts are found in one go, so that the // of a URL begins no comment.
  const noise = /\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  const withoutComments = text.replace(noise, (match) => (match.startsWith('/') ? '' : match));
  return {
    path,
    part: partOf(path),
    text,
    code: text.replace(noise, (match) => (match.startsWith('`') ? match : "''")),
    imports: importsOf(path, withoutComments),
  };
}

function importsOf(path: string, text: string): SourceFile['imports'] {
  const statements = /\b(?:import|export)\s+(?:(type)\s+)?(?:(\{[^}]*\}|[\w*\s,{}]+?)\s+from\s+)?'(\.[^']+)'/g;
  const dynamic = /\bimport\(\s*'(\.[^']+)'/g;
  const at = (target: string) => {
    const imported = relative(ROOT, join(ROOT, dirname(path), target));
    return { path: imported, part: partOf(imported) };
  };
  return [
    ...[...text.matchAll(statements)].map(([, type, names = '', target = '']) => ({
      ...at(target),
      typesOnly: type !== undefined || /^\{(?:\s*type\s[^,}]+,?)+\s*\}$/.test(names),
    })),
    ...[...text.matchAll(dynamic)].map(([, target = '']) => ({ ...at(target), typesOnly: false })),
  ];
}

/** Every offending line names its file and its rule. */
function offences(rule: string, find: (file: SourceFile) => string[]): string[] {
  return files.flatMap((file) => find(file).map((what) => `${file.path}: ${what} (${rule})`));
}

function forbiddenImports(
  rule: string,
  parts: readonly string[],
  allowed: (wanted: Imported, from: SourceFile) => boolean,
) {
  return offences(rule, (file) =>
    parts.includes(file.part)
      ? file.imports.filter((wanted) => !allowed(wanted, file)).map(({ path }) => `imports ${path}`)
      : [],
  );
}

type Imported = SourceFile['imports'][number];
const isPorts = ({ path, typesOnly }: Imported) => path === 'src/loop/ports.ts' && typesOnly;

describe('imports point one way', () => {
  it('and are found by this test at all', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap(({ imports }) => imports).length).toBeGreaterThan(300);
    expect(sourceFile('src/app.ts').imports).toContainEqual({
      path: 'src/loop/ask.ts',
      part: 'loop',
      typesOnly: false,
    });
    expect(sourceFile('src/clock.ts').imports).toEqual([{ path: 'src/loop/ports.ts', part: 'loop', typesOnly: true }]);
  });

  const rules: [string, string[], (wanted: Imported, from: SourceFile) => boolean][] = [
    ['main imports app, config and the sandbox', ['main'], ({ part }) => ['app', 'config', 'sandbox'].includes(part)],
    [
      'app and admin import everything but the sandbox and main',
      ['app', 'admin'],
      ({ part }) => !['sandbox', 'main'].includes(part),
    ],
    ['loop imports nps and itself', ['loop'], ({ part }) => ['loop', 'nps'].includes(part)],
    ['nps imports nothing of the rest', ['nps'], ({ part }) => part === 'nps'],
    ['the sandbox is the outside world', ['sandbox'], ({ part }) => part === 'sandbox'],
    [
      'config imports nps and types of the edges',
      ['config'],
      ({ part, typesOnly }) => part === 'nps' || (EDGES.includes(part) && typesOnly),
    ],
    ['clock imports types of the ports only', ['clock'], isPorts],
    [
      'an edge imports nps, itself and types of loop/ports.ts',
      EDGES,
      (wanted, from) => wanted.part === 'nps' || wanted.part === from.part || isPorts(wanted),
    ],
  ];

  it.each(rules)('%s', (rule, parts, allowed) => {
    expect(forbiddenImports(rule, parts, allowed)).toEqual([]);
  });

  it('for every part there is', () => {
    const ruled = new Set(rules.flatMap(([, parts]) => parts));
    expect(files.map(({ part }) => part).filter((part) => !ruled.has(part))).toEqual([]);
  });
});

describe('the outside is read in few places', () => {
  /** Everything that reads the environment: to be handed on as a plain object. */
  const READ_THE_ENVIRONMENT = ['src/config.ts', 'src/main.ts', 'src/sandbox/config.ts', 'src/sandbox/main.ts'];
  /** Wall time is for what the outside world measures: ages of tokens, deadlines of calls. The sandbox owns its own. */
  const READ_THE_TIME = ['src/clock.ts', 'src/salesforce/connection.ts', 'src/salesforce/bus.ts'];

  it('the environment', () => {
    const rule = 'only configuration and entry points read the environment';
    const found = offences(rule, ({ path, code }) =>
      /\bprocess\s*(?:\.|\?\.)\s*env\b|\benv\b[^;]*\bfrom ''/.test(code) && !READ_THE_ENVIRONMENT.includes(path)
        ? ['reads process.env']
        : [],
    );
    expect(found).toEqual([]);
  });

  it('the time', () => {
    const rule = 'time is passed in; only the clock reads it';
    const found = offences(rule, ({ path, part, code }) =>
      part === 'sandbox' || READ_THE_TIME.includes(path)
        ? []
        : [...code.matchAll(/\bDate\.now\(|\bnew Date\(\s*\)|\bDateTime\.(?:now|local|utc)\(\s*\)/g)].map(String),
    );
    expect(found).toEqual([]);
  });

  it('and the lists above name nobody who does not', () => {
    const reads = (path: string, what: RegExp) => what.test(sourceFile(path).code);
    expect(READ_THE_TIME.filter((path) => !reads(path, /Date\.now\(|new Date\(\)/))).toEqual([]);
  });
});

describe('a source file', () => {
  const LINES = 230;

  it(`has at most ${LINES} lines`, () => {
    const rule = `at most ${LINES} lines`;
    const found = offences(rule, ({ text }) => {
      const lines = text.trimEnd().split('\n').length;
      return lines > LINES ? [`${lines} lines`] : [];
    });
    expect(found).toEqual([]);
  });

  it('says what it is about in its path', () => {
    const nameless = /\/(?:utils?|helpers?|common|managers?|misc|shared)(?:\/|\.ts$)/;
    expect(
      offences('no utils, helpers, common, manager', ({ path }) => (nameless.test(path) ? ['its name'] : [])),
    ).toEqual([]);
  });

  it('gives everything a type', () => {
    const anything = /(?:[:<,|&=(]|\bas|\bextends)\s*any\b(?!\s*[:(])/g;
    expect(offences('no any', ({ code }) => [...code.matchAll(anything)].map(String))).toEqual([]);
  });

  it('silences no checker', () => {
    expect(offences('no suppressions', ({ text }) => text.match(/@ts-\w+|biome-ignore.*/g) ?? [])).toEqual([]);
  });
});
