/** The box against a real head office: what the feed says is taken as it is, and fsck compares both ends. */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ack, Batch } from '#recipes/contracts/sync.ts';
import { compareWithHq } from '../../../edge/cli/against-hq.ts';
import { startTestPostgres, type TestPostgres } from '../../support/postgres.ts';
import { seedOf } from '../../support/seeded.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { startTestHq, type TestHq } from '../../support/start-hq.ts';
import { roughDay } from '../ledger/audit-traffic.ts';

let postgres: TestPostgres;
let hq: TestHq;
let box: TestBox;
let address: { url: string; token: string; store: string };
const folder = mkdtempSync(join(tmpdir(), 'larder-against-'));

beforeAll(async () => {
  postgres = await startTestPostgres();
  hq = await startTestHq(await postgres.database());
  const { body } = await hq.api<{ token: string }>('POST', '/stores', { store: 'demo' });
  address = { url: hq.url, token: body.token, store: 'demo' };
  box = await startBox();
  await roughDay(box, seedOf(53), 60);
});
afterAll(async () => {
  await box.stop();
  await hq.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What a person with a script does: reads readable entries and posts exactly these. */
async function carry(limit: number, most = Number.POSITIVE_INFINITY): Promise<Ack | undefined> {
  let ack: Ack | undefined;
  for (let n = 0; n < most; n++) {
    const after = ack?.ackedSeq ?? 0;
    const batch = await box.api<Batch>('GET', `/feed?after=${after}&limit=${limit}`);
    if (batch.entries.length === 0) break;
    const path = '/stores/demo/batches';
    const answer = await hq.api<Ack>('POST', path, batch, address.token);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    ack = answer.body;
    expect(await box.api('POST', '/feed/ack', ack)).toMatchObject({ ok: true });
  }
  return ack;
}

const compare = (at = address) => compareWithHq(box.box.parts.file, at, () => undefined);

test('a head office that never heard of the box is a finding', async () => {
  const compared = await compare();
  expect(compared).toMatchObject({ ok: false, ackedSeq: 0 });
  expect(compared.findings[0]?.en).toContain('never heard');
});

test('readable entries are taken as they are; what is behind is counted, not wrong', async () => {
  const ack = await carry(40, 2);
  const seq = box.box.parts.ledger.seq();
  expect(ack?.ackedSeq).toBe(80);
  expect(await compare()).toMatchObject({
    ok: true,
    seq,
    ackedSeq: 80,
    behind: seq - 80,
    sameChain: true,
    sameBalances: true,
  });
});

test('both ends are the same in the end', async () => {
  const ack = await carry(500);
  expect(ack).toMatchObject({ ackedSeq: box.box.parts.ledger.seq(), differences: 0 });
  expect(await compare()).toMatchObject({ ok: true, behind: 0, sameBalances: true, findings: [] });
});

test('a copy that lost its newest entries is told so', async () => {
  const data = join(folder, 'data');
  mkdirSync(data);
  await box.box.parts.db.backup(join(data, 'larder.db'));
  await box.command('setting.set', { key: 'madeAfter', value: '200' });
  await carry(500);
  const file = join(data, 'larder.db');
  const compared = await compareWithHq(file, address, () => undefined);
  expect(compared).toMatchObject({ ok: false, sameBalances: null });
  expect(compared.findings[0]?.en).toContain('lost its newest');
  copyFileSync(file, join(folder, 'copy.db'));
});

test('head office that has other balances is a finding', async () => {
  const { chain } = hq.hq.parts.db;
  await chain.query('UPDATE life SET digest = $1', ['0'.repeat(32)]);
  const compared = await compare();
  expect(compared).toMatchObject({ ok: false, sameChain: true, sameBalances: false });
});

test('the tool says it in words and by its exit', async () => {
  const env = { LARDER_DATA: box.data, LARDER_HQ_URL: hq.url, LARDER_HQ_TOKEN: address.token };
  const found = await larder(['fsck', '--against-hq', '--lang', 'en'], env);
  expect(found.text).toMatch(/head office: \d+ entries, 0 behind, balances differ, 1 differences/);
  expect(found.exit).toBe(1);
  const unset = await larder(['fsck', '--against-hq', '--lang', 'en'], { LARDER_DATA: box.data });
  expect(unset.text).toContain('LARDER_HQ_TOKEN');
  expect(unset.exit).toBe(2);
});

test('no head office there, or a token that is not known', async () => {
  await expect(compare({ ...address, url: 'http://127.0.0.1:9' })).rejects.toThrow(/not answer/);
  await expect(compare({ ...address, token: 'wrong' })).rejects.toThrow(/refuses/);
  await expect(compare({ ...address, token: '' })).rejects.toThrow(/LARDER_HQ_TOKEN/);
});

function larder(args: string[], env: Record<string, string>) {
  const program = new URL('../../../edge/cli/main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, env });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return new Promise<{ exit: number | null; text: string }>((resolve) => {
    child.once('close', (exit) => resolve({ exit, text }));
  });
}
