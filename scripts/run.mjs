// The way every npm script starts: installs what is missing, then runs the entry under the project's own Node 24.
// It stands on nothing but Node itself, because on a fresh clone there is nothing else yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as modules from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const ownNode = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');
const stamp = join(root, 'node_modules', '.installed-lock');
// What was compiled once need not be compiled at the next start, which takes a third less time so.
const compiled = join(root, 'node_modules', '.cache', 'compiled');

const major = (version) => Number(version.split('.')[0]);

if (major(process.versions.node) < 20) {
  stop(
    `This project needs Node 20 or newer to start (it then brings its own Node 24). This is Node ${process.version}.`,
  );
}

installWhatIsMissing();
const [...words] = process.argv.slice(2);
const node = major(process.versions.node) >= 24 ? process.execPath : ownNode;
if (!existsSync(node)) {
  stop(
    `This machine has Node ${process.version} and no Node 24 package exists for it (${process.platform} ${process.arch}). Install Node 24, then try again.`,
  );
}
run(node, words);

function installWhatIsMissing() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write('Installing packages, once …\n');
  const npm = process.env.npm_execpath;
  const words = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const installed = npm
    ? spawnSync(process.execPath, [npm, ...words], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', words, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (installed.status !== 0)
    stop(
      'The packages could not be installed. What npm said stands above; once it is mended, run the same command again.',
    );
  writeFileSync(stamp, wanted);
}

/** Runs in this very process when it already is Node 24, so that a signal sent to it reaches the entry itself. */
async function run(node, words) {
  process.env.PATH = [bin, process.env.PATH].join(delimiter);
  process.env.NODE_COMPILE_CACHE ??= compiled;
  const [first] = words;
  if (node === process.execPath && first && !first.startsWith('-')) {
    const entry = join(root, first);
    process.argv = [process.argv[0], entry, ...words.slice(1)];
    modules.enableCompileCache(process.env.NODE_COMPILE_CACHE);
    await import(pathToFileURL(entry).href);
    return;
  }
  const child = spawn(node, words, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (signal) process.kill(process.pid, 'SIGKILL');
    process.exit(code ?? 1);
  });
}

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
