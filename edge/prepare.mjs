// Makes ready what a program needs: packages, Node 24, bundles. Like the launcher it runs on any Node
// from 18 with nothing installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, extname, join, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The project's folder, absolute. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const inRoot = (...parts) => join(root, ...parts);
const modules = inRoot('node_modules');
const busyFile = inRoot('dist', '.preparing');
const nodeOurs = 24;

/** Why nothing can run; the launcher prints it and ends with its code. */
export class Stop extends Error {
  constructor(message, code = 1) {
    super(message);
    this.code = code;
  }
}

/** Installs and, with `bundle`, builds what is missing or out of date; throws `Stop` when it cannot. */
export async function prepare(bundle) {
  if (isInstalled() && !(bundle && isStale())) return;
  await takeTurn();
  if (!isInstalled()) install();
  if (bundle && isStale()) {
    const options = { cwd: root, env: programEnv(), encoding: 'utf8' };
    const built = spawnSync(findNode(), [inRoot('edge', 'build.ts')], options);
    // Nobody waits for bundle sizes here: `npm run build` shows them.
    if (built.status !== 0) throw new Stop(`the build failed:\n${built.stdout}${built.stderr}`);
  }
  endTurn();
}

/** Two launches in one folder take turns, else the second would delete packages under the first. */
async function takeTurn() {
  mkdirSync(dirname(busyFile), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      writeFileSync(busyFile, String(process.pid), { flag: 'wx' });
      process.on('exit', endTurn);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const other = readOrEmpty(busyFile);
    if (other !== '' && !isAlive(Number(other))) rmSync(busyFile, { force: true });
    else if (!told) note(`waiting for another launch (process ${other}) to finish preparing`);
    await sleep(200);
  }
}

function endTurn() {
  if (readOrEmpty(busyFile) === String(process.pid)) rmSync(busyFile, { force: true });
}

function isInstalled() {
  const lockFile = inRoot('package-lock.json');
  if (!existsSync(lockFile)) return existsSync(modules);
  const lock = readFileSync(lockFile);
  const sum = createHash('sha256').update(lock).digest('hex');
  const stamp = join(modules, '.larder-lock');
  if (readOrEmpty(stamp) === sum) return true;
  // npm may have been run by hand; its own record says what is really there.
  const record = readOrEmpty(join(modules, '.package-lock.json'));
  if (record === '' || !sameParts(JSON.parse(lock.toString()), JSON.parse(record))) return false;
  writeFileSync(stamp, sum);
  return true;
}

function sameParts(wanted, found) {
  return Object.entries(wanted.packages).every(([path, want]) => {
    const have = found.packages[path];
    if (path === '') return true;
    if (have === undefined) return want.optional === true && !isForHere(want);
    return have.version === want.version && have.integrity === want.integrity;
  });
}

/** Whether an optional package is this machine's part; the others are rightly absent. */
function isForHere({ os = [], cpu = [], libc = [] }) {
  const { platform, arch } = process;
  if (os.length + cpu.length === 0) return false;
  const ourLibc = platform !== 'linux' || hasGlibc() ? 'glibc' : 'musl';
  const fits = (list, value) => list.length === 0 || list.includes(value);
  return fits(os, platform) && fits(cpu, arch) && fits(libc, ourLibc);
}

function install() {
  note('installing packages into node_modules (a minute or two, only when they change)');
  runNpmCi(process.env.npm_node_execpath || process.execPath);
  if (isInstalled()) return;
  // npm leaves out optional parts that do not like the Node it runs on, on Node 18 the very ones the
  // build needs. Node 24 is there now: once more on that, from outside of the folder npm empties.
  const aside = mkdtempSync(join(tmpdir(), 'larder-node-'));
  process.on('exit', () => rmSync(aside, { recursive: true, force: true }));
  copyFileSync(findNode(), join(aside, 'node'));
  runNpmCi(join(aside, 'node'));
  if (!isInstalled())
    throw new Stop('npm ci left packages out: delete node_modules and try again.');
}

function runNpmCi(node) {
  const cli = process.env.npm_execpath || '';
  const byNpm = basename(cli) === 'npm-cli.js' && existsSync(cli);
  // Scripts stay off: nothing needs compiling, and a package must not run code at install.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  args.push('--include=dev', '--include=optional');
  // node_modules is about to be deleted: npm must not run on the Node inside it.
  const outside = (process.env.PATH || '').split(delimiter).filter((p) => !p.includes(modules));
  const done = spawnSync(byNpm ? node : 'npm', byNpm ? [cli, ...args] : args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH: [dirname(node), ...outside].join(delimiter) },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.error) throw new Stop(`npm cannot be started (${done.error.message}); install npm.`);
  if (done.status !== 0) throw new Stop(`npm ci failed:\n${done.stdout}${done.stderr}`);
}

/** A bundle is stale when any source is newer than the last complete build. */
function isStale() {
  const built = timeOf(inRoot('dist', '.built'));
  if (built === 0) return true;
  const sources = [
    'edge',
    'recipes',
    'kitchen-ui',
    'cloud-bridge',
    'package-lock.json',
    'package.json',
  ];
  return sources.some((name) => newest(inRoot(name)) > built);
}

function newest(path) {
  const info = statSync(path, { throwIfNoEntry: false });
  if (info === undefined) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  let time = info.mtimeMs; // a folder's own time tells of deleted and renamed files
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const other = entry.name.startsWith('.') || extname(entry.name) === '.md';
    if (!other) time = Math.max(time, newest(join(path, entry.name)));
  }
  return time;
}

/** The path of a Node 24 or later; throws `Stop` where there is none. */
export function findNode() {
  const { arch, platform, execPath, versions } = process;
  const ours = join(modules, `node-linux-${arch}`, 'bin', 'node');
  if (platform === 'linux' && hasGlibc() && existsSync(ours)) return ours;
  if (Number(versions.node.split('.')[0]) >= nodeOurs) return execPath;
  throw new Stop(
    `Larder runs on Node ${nodeOurs}. On Linux (glibc, x64 and arm64) it comes with the packages; ` +
      `this is ${platform} ${arch} with Node ${versions.node}.\n` +
      `Remedy: install Node ${nodeOurs} or later (nodejs.org), or on Linux delete node_modules and try again.`,
  );
}

/** The packaged Node needs glibc: on musl systems it is there but cannot start. */
function hasGlibc() {
  const loaders = { x64: '/lib64/ld-linux-x86-64.so.2', arm64: '/lib/ld-linux-aarch64.so.1' };
  return existsSync(loaders[process.arch] || '');
}

/** The environment of every program: Node 24 first in PATH, the caller's folder in LARDER_CWD. */
export function programEnv() {
  const node = existsSync(modules) ? dirname(findNode()) : dirname(process.execPath);
  const path = [join(modules, '.bin'), node, process.env.PATH || ''].join(delimiter);
  // npm moves to the project's folder before it starts us; people mean the folder they stand in.
  const moved = process.cwd() + sep === root + sep && process.env.INIT_CWD;
  return { ...process.env, PATH: path, LARDER_CWD: moved || process.cwd() };
}

/** A line for the person who waits; standard output belongs to the program. */
export function note(text) {
  process.stderr.write(`larder: ${text}\n`);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function timeOf(path) {
  const info = statSync(path, { throwIfNoEntry: false });
  return info === undefined ? 0 : info.mtimeMs;
}
