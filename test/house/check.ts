// `npm run check`: everything that judges the code without running it, one line per step, and a
// step's own words only when it fails.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

type Step = { readonly name: string; readonly command: readonly string[]; readonly needs?: string };
type Outcome = { readonly ok: boolean; readonly output: string; readonly seconds: number };

const root = join(import.meta.dirname, '../..');
const folders = ['edge', 'recipes', 'kitchen-ui', 'cloud-bridge', 'test'];
const steps: readonly Step[] = [
  { name: 'style (biome)', command: ['biome', 'ci', '--error-on-warnings', '--colors=off'] },
  { name: 'types: recipes', command: ['tsc', '-p', 'tsconfig.json'], needs: 'recipes' },
  { name: 'types: edge', command: ['tsc', '-p', 'edge'], needs: 'edge' },
  { name: 'types: cloud-bridge', command: ['tsc', '-p', 'cloud-bridge'], needs: 'cloud-bridge' },
  { name: 'types: test', command: ['tsc', '-p', 'test'], needs: 'test' },
  {
    name: 'types: kitchen-ui',
    command: ['svelte-check', '--tsconfig', './kitchen-ui/tsconfig.json', '--fail-on-warnings'],
    needs: 'kitchen-ui',
  },
  {
    name: 'who imports whom',
    command: ['depcruise', ...folders, 'vitest.config.ts', '--config', '.dependency-cruiser.cjs'],
  },
  { name: 'nothing unused (knip)', command: ['knip', '--no-progress'] },
  { name: 'compose file', command: ['dclint', 'docker-compose.yml', '--max-warnings', '0'] },
  // The reporter's summary would look like the whole test run's: the dot reporter is enough here.
  {
    name: 'house rules',
    command: ['vitest', 'run', '--project', 'house', '--reporter', 'dot'],
  },
];

// Two at a time, as many as a box or CI has cores.
const waiting = [...steps];
const failed: string[] = [];
await Promise.all([worker(), worker()]);
console.log(failed.length === 0 ? 'check: ok' : `check: FAILED (${failed.join(', ')})`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function worker(): Promise<void> {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    if (step.needs !== undefined && !hasSources(join(root, step.needs))) {
      console.log(`skipped  ${step.name}: ${step.needs}/ has no sources yet`);
      continue;
    }
    const { ok, output, seconds } = await run(step.command);
    console.log(`${ok ? 'ok     ' : 'FAILED '}  ${step.name} (${seconds.toFixed(1)} s)`);
    if (ok) continue;
    failed.push(step.name);
    console.log(`         $ npx ${step.command.join(' ')}\n${output.trimEnd()}\n`);
  }
}

function run([tool = '', ...args]: readonly string[]): Promise<Outcome> {
  const started = performance.now();
  const child = spawn(join(root, 'node_modules/.bin', tool), args, { cwd: root });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  child.stderr.on('data', (part: Buffer) => parts.push(part));
  return new Promise((resolve) => {
    const end = (ok: boolean, more = ''): void => {
      const output = Buffer.concat(parts).toString() + more;
      resolve({ ok, output, seconds: (performance.now() - started) / 1000 });
    };
    child.on('error', (error) => end(false, `${tool} does not start: ${error.message}`));
    child.on('close', (code) => end(code === 0));
  });
}

function hasSources(folder: string): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) =>
    /[.](ts|svelte)$/.test(name),
  );
}
