// The house law must be able to say no: a small house with one planted breach per rule.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { root } from './tree.ts';

const lawful: Readonly<Record<string, string>> = {
  'recipes/rule.ts': `import { z } from 'zod'; export const rule = z;`,
  'edge/runtime/fault.ts': `import { rule } from '#recipes/rule.ts'; export const fault = rule;`,
  'edge/ledger/append.ts': `import { rule } from '#recipes/rule.ts'; export const append = rule;`,
  'edge/kitchen/record.ts': `import type {} from '../commands/execute.ts'; import '../ledger/append.ts'; export const record = 1;`,
  'edge/kitchen/kitchen-store.ts': `import D from 'better-sqlite3'; export const read = D;`,
  'edge/commands/execute.ts': `import '../ledger/append.ts'; export const run = 1;`,
  'edge/commands/handlers.ts': `import '../kitchen/record.ts'; export const all = 1;`,
  'edge/http/routes.ts': `import '../kitchen/kitchen-store.ts'; import '../commands/execute.ts'; import type {} from '../kitchen/record.ts'; export const go = 1;`,
  'edge/pos/broker.ts': `import { createServer } from 'node:net'; import { Aedes } from 'aedes'; export const all = [createServer, Aedes];`,
  'edge/pos/subscriber.ts': `import mqtt from 'mqtt'; export const all = mqtt;`,
  'edge/pos/settle.ts': `import { append } from '../ledger/append.ts'; export const settle = append;`,
  'edge/main.ts': `import './pos/settle.ts'; import './http/routes.ts';`,
  'cloud-bridge/uplink/pump.ts': `import { fault } from '../../edge/runtime/fault.ts'; export const pump = fault;`,
  'test/tool.ts': `import '../edge/pos/broker.ts'; import mqtt from 'mqtt'; export const tool = mqtt;`,
};

const breaches: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['recipes-are-pure', 'recipes/b.ts', `import 'node:fs';`],
  ['recipes-are-pure', 'recipes/c.ts', `import '../edge/runtime/fault.ts';`],
  ['recipes-are-pure', 'recipes/d.ts', `import 'hono';`],
  ['runtime-is-plumbing', 'edge/runtime/b.ts', `import '../kitchen/record.ts';`],
  ['one-door-to-the-ledger', 'edge/stock/b.ts', `import '../ledger/append.ts';`],
  ['features-meet-at-the-ledger', 'edge/kitchen/c.ts', `import '../pos/settle.ts';`],
  ['handlers-know-the-shape-only', 'edge/kitchen/f.ts', `import '../commands/execute.ts';`],
  ['features-meet-at-the-ledger', 'edge/cli/c.ts', `import type {} from '../kitchen/record.ts';`],
  ['sql-in-one-place', 'edge/kitchen/d.ts', `import 'better-sqlite3';`],
  ['sql-in-one-place', 'edge/kitchen/e.ts', `import 'drizzle-orm';`],
  ['aedes-in-one-place', 'edge/pos/b.ts', `import 'aedes';`],
  ['mqtt-in-one-place', 'edge/cli/b.ts', `import 'mqtt';`],
  ['sockets-in-one-place', 'edge/http/b.ts', `import 'node:net';`],
  ['http-reads-stores-and-executes', 'edge/http/c.ts', `import '../kitchen/record.ts';`],
  ['commands-call-doors', 'edge/commands/b.ts', `import '../kitchen/kitchen-store.ts';`],
  ['commands-call-doors', 'edge/commands/c.ts', `import '../http/routes.ts';`],
  ['edge-stands-alone', 'edge/pos/c.ts', `import '../../cloud-bridge/uplink/pump.ts';`],
  ['bridge-stands-alone', 'cloud-bridge/b.ts', `import '../edge/kitchen/record.ts';`],
  [
    'tablet-stands-alone',
    'kitchen-ui/B.svelte',
    `<script lang="ts">import '../edge/runtime/fault.ts';</script>`,
  ],
  ['main-is-a-leaf', 'edge/print/b.ts', `import '../main.ts';`],
  ['tests-are-leaves', 'edge/print/c.ts', `import '../../test/tool.ts';`],
  ['no-cycles', 'edge/print/d.ts', `import './d2.ts';`],
  ['resolves', 'edge/print/e.ts', `import './nowhere.ts';`],
];

const report = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

const house = mkdtempSync(join(tmpdir(), 'larder-house-'));
let found: string[] = [];

beforeAll(() => {
  for (const file of [
    '.dependency-cruiser.cjs',
    'package.json',
    'tsconfig.json',
    'edge/tsconfig.json',
  ]) {
    cpSync(join(root, file), join(house, file), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
  for (const [file, text] of Object.entries(lawful)) put(file, text);
  for (const [, file, text] of breaches) put(file, text);
  put('edge/print/d2.ts', `import './d.ts';`);
  const folders = ['edge', 'recipes', 'kitchen-ui', 'cloud-bridge', 'test'];
  const cruiser = join(root, 'node_modules/.bin/depcruise');
  const { stdout } = spawnSync(
    cruiser,
    [...folders, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
    { cwd: house, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const { violations } = report.parse(JSON.parse(stdout)).summary;
  found = violations.map(({ rule, from }) => `${rule.name} ${from}`);
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

test.for(breaches)('%s finds %s', ([rule, file]) => {
  expect(found).toContain(`${rule} ${file}`);
});

test('what is lawful is left alone', () => {
  expect(
    found.filter((line) => Object.keys(lawful).some((file) => line.endsWith(` ${file}`))),
  ).toEqual([]);
});

function put(file: string, text: string): void {
  mkdirSync(dirname(join(house, file)), { recursive: true });
  writeFileSync(join(house, file), `${text}\n`);
}
