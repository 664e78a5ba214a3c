// The first program that runs after a clone. It must work on any Node from 18 with nothing
// installed, so it is plain JavaScript over Node's own modules. It makes ready what is missing, then
// steps aside for the program.
//
//   node edge/launch.mjs demo | start | bridge | hq | larder | test | long | bench | check | build  [arguments]
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findNode, note, prepare, programEnv, root, Stop } from './prepare.mjs';

const nodeMin = 18;

/**
 * What each verb runs. `bundle: true` means that dist/ must be up to date first. The limits on the heap
 * make V8 clean up instead of growing: 154 MB instead of 217 at full speed, at the same rate.
 */
const verbs = {
  demo: { bundle: true, program: ['dist/demo.js'] },
  start: {
    bundle: true,
    flags: ['--max-semi-space-size=4', '--max-old-space-size=256'],
    program: ['dist/edge.js'],
  },
  // As the box starts it.
  bridge: { bundle: true, ...bridgeFlags(), program: ['dist/uplink.js'] },
  hq: { bundle: true, program: ['dist/hq.js'] },
  larder: { bundle: true, program: ['dist/larder.js'] },
  test: { bundle: true, program: ['node_modules/vitest/vitest.mjs', 'run'] },
  long: { bundle: true, program: ['node_modules/vitest/vitest.mjs', 'run'] },
  bench: { bundle: true, program: ['test/bench/main.ts'] },
  check: { bundle: false, program: ['test/house/check.ts'] },
  build: { bundle: false, program: ['edge/build.ts'] },
};

const verb = process.argv[2] || '';
const isTest = verb === 'test' || verb === 'long';
try {
  process.exitCode = await main(process.argv.slice(3));
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  note(error.message);
  if (isTest) process.stdout.write('0 passed, 1 failed\n');
  process.exitCode = error.code;
}

async function main(args) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < nodeMin) {
    throw new Stop(
      `Node ${process.versions.node} is too old: install Node ${nodeMin} or later (nodejs.org).`,
    );
  }
  const plan = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (plan === undefined) {
    throw new Stop(`use: node edge/launch.mjs ${Object.keys(verbs).join(' | ')} [arguments]`, 2);
  }
  // An image or an unpacked release carries finished bundles and no sources: nothing to prepare.
  if (existsSync(join(root, 'edge', 'build.ts'))) await prepare(plan.bundle);

  const [file, ...rest] = plan.program;
  if (!existsSync(join(root, file)))
    throw new Stop(`${file} does not exist in this copy of the project.`);
  const command = [...(plan.flags ?? []), join(root, file), ...rest, ...args];
  return isTest ? await runTests(command) : await run(command, { ...programEnv(), ...plan.env });
}

function bridgeFlags() {
  return JSON.parse(readFileSync(new URL('bridge-flags.json', import.meta.url), 'utf8'));
}

/** Runs Node 24 with our streams and resolves with its exit code. */
function run(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(findNode(), args, { stdio: 'inherit', env });
    const passed = new Set();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        // A terminal sends Ctrl+C to the program as well; once more would read as "hurry".
        const fromTerminal = signal !== 'SIGTERM' && [0, 1, 2].some(isTerminal);
        if (!fromTerminal && !passed.has(signal)) child.kill(signal);
        passed.add(signal);
      });
    }
    child.on('error', (error) => reject(new Stop(`Node does not start: ${error.message}`)));
    child.on('exit', (code, signal) =>
      resolve(code === null ? 128 + constants.signals[signal] : code),
    );
  });
}

/** `npm test` always ends in its summary line, also when vitest never came to print one. */
async function runTests(command) {
  const missing = [
    ['chromium', 'the end-to-end tests', ['chromium', 'chromium-browser', 'google-chrome']],
    ['mosquitto', 'the external broker tests', ['mosquitto']],
  ].filter(([, , names]) => !names.some(isCommand));
  for (const [name, what] of missing) {
    note(`!!! ${name} is missing: ${what} cannot run. Debian/Ubuntu: sudo apt-get install ${name}`);
  }
  if (missing.length > 0 && process.env.CI === 'true')
    throw new Stop('CI=true does not accept that.');

  const folder = mkdtempSync(join(tmpdir(), 'larder-test-'));
  const summary = join(folder, 'summary');
  const env = {
    ...programEnv(),
    TEST_SUMMARY_FILE: summary,
    TEST_LONG: verb === 'long' ? '1' : '',
  };
  // vitest finds its configuration from the working folder.
  process.chdir(root);
  const code = await run(command, env);
  const told = existsSync(summary);
  rmSync(folder, { recursive: true, force: true });
  if (!told) throw new Stop(`vitest ended with code ${code} before it could count.`, code || 1);
  return code;
}

function isCommand(name) {
  const places = [...(process.env.PATH || '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return places.some((place) => existsSync(join(place, name)));
}

function isTerminal(fd) {
  return [process.stdin, process.stdout, process.stderr][fd].isTTY === true;
}
