/**
 * Every wrong or strange event of the tables: it ends in its documented status with its bytes kept,
 * and the next good event is applied.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BoxProcess, startBoxProcess } from './box-process.ts';
import { runFsck } from './fsck.ts';
import { type HostileCase, sale, WRONG_BODIES } from './hostile-cases.ts';
import { STRANGE_EVENTS } from './hostile-orders.ts';
import { type InboxFile, openInboxFile } from './inbox-file.ts';
import { connectRaw, type RawMqtt } from './raw-mqtt.ts';
import { adoptBooks } from './restaurant.ts';

const EVENT = 'larder/v1/demo/pos/T1/event';
const RESULT = 'larder/v1/demo/pos/T1/result';
const ACK = 'larder/v1/demo/pos/T1/ack';
const folder = mkdtempSync(join(tmpdir(), 'larder-hostile-'));
let box: BoxProcess;
let pos: RawMqtt;
let inbox: InboxFile;
let fresh = 0;

beforeAll(async () => {
  box = await startBoxProcess(folder);
  await adoptBooks(box);
  const { posPassword: password } = box;
  pos = await connectRaw(box.mqttPort, { clientId: 'hostile', username: 'pos-T1', password });
  await pos.subscribe(RESULT);
  inbox = openInboxFile(join(folder, 'larder.db'));
});

afterAll(async () => {
  inbox?.close();
  pos?.end();
  await box?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const all = [...WRONG_BODIES, ...STRANGE_EVENTS];

test('there are enough cases, each with its own name', () => {
  expect(all.length).toBeGreaterThanOrEqual(60);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

test.for(all)('$name: $status', async (hostile) => {
  fresh += 1;
  const id = `h${fresh}`;
  const firstNumber = inbox.newest() + 1;
  for (const before of hostile.before?.(id) ?? []) await sendForResult(Buffer.from(before));
  const numberBefore = inbox.newest();
  const body = Buffer.from(hostile.body(id));

  const result = await sendForResult(body);
  expect(result.status, JSON.stringify(result)).toBe(hostile.status);
  if (hostile.code !== undefined) {
    expect(result.reasons.map(({ code }) => code)).toContain(hostile.code);
  }
  checkKept(hostile, id, numberBefore, body);
  if (hostile.firstBecomes !== undefined) {
    expect(inbox.byNumber(firstNumber)?.status).toBe(hostile.firstBecomes);
  }

  const good = await sendForResult(Buffer.from(sale(`good-${fresh}`)));
  expect(good).toMatchObject({ eventId: `good-${fresh}`, status: 'applied', movements: 4 });
});

test('the bytes of the quarantined can be had over HTTP', async () => {
  const body = Buffer.from([0xff, 0xfe, 0x00, 0x01, 0x80, 0x0a, 0x22]);
  const numberBefore = inbox.newest();
  await sendForResult(body);
  const row = inbox.after(numberBefore)[0];
  const answer = await box.fetch(`/api/v1/events/${row?.number}/body`);
  expect(answer.status).toBe(200);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(body);
  // What a stranger sent must never run as a page of ours.
  expect(answer.headers.get('content-type')).not.toMatch(/html|javascript|svg/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test('what is quarantined has arrived all the same: no gap is left to ask for', async () => {
  const lines = [{ qty: '1' }, { qty: '-1' }, { qty: 0.1234567 }, { sku: 'NEW-9' }];
  for (const [index, line] of lines.entries()) {
    const numbered = { epoch: 'gaps', sequence: `${index + 1}` };
    await sendForResult(Buffer.from(sale(`gap-${index + 1}`, line, {}, numbered)));
  }
  await pos.subscribe(ACK);
  const isAck = (packet: { cmd?: string; topic?: string }): boolean =>
    packet.cmd === 'publish' && packet.topic === ACK;
  // The retained one may be a moment old: acks are gathered before they are sent.
  const acks: unknown[] = [];
  for (let packet = await pos.take(isAck); packet; packet = await pos.take(isAck, 1000)) {
    if (packet.cmd === 'publish') acks.push(JSON.parse(packet.payload.toString()));
  }
  expect(acks.at(-1)).toMatchObject({ epoch: 'gaps', contiguous: 4, missing: [] });
});

test('after all of it the box is the same process and its books are in order', async () => {
  expect(box.isAlive()).toBe(true);
  expect(Object.keys({})).not.toContain('admin');
  await box.kill('SIGTERM');
  expect(runFsck(folder)).toMatchObject({ exit: 0 });
});

type Result = {
  eventId: string;
  status: string;
  movements: number;
  reasons: { code: string; path?: string }[];
};

/** Sends one event and takes the result that answers it: the next one, since nothing else is open. */
async function sendForResult(body: Uint8Array): Promise<Result> {
  while (await pos.take(isResult, 0)) {
    // Late results of earlier cases, of events that were held.
  }
  const answer = await pos.publish(EVENT, body);
  expect(answer, 'an event from its own terminal is always acknowledged').toBe('acknowledged');
  const id = idOf(body);
  for (let tries = 0; tries < 5; tries += 1) {
    const packet = await pos.take(isResult);
    if (packet?.cmd !== 'publish') break;
    const result = JSON.parse(packet.payload.toString()) as Result;
    if (id === undefined || result.eventId === id) return result;
  }
  throw new Error(`no result for ${Buffer.from(body).toString().slice(0, 200)}`);
}

const isResult = (packet: { cmd?: string; topic?: string }): boolean =>
  packet.cmd === 'publish' && packet.topic === RESULT;

/** The id a result will carry, when the body can be read and has one that is fit for it. */
function idOf(body: Uint8Array): string | undefined {
  if (body.byteLength > 64 * 1024) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    const { id } = JSON.parse(text) as { id?: unknown };
    return typeof id === 'string' && /^[\w.:/-]{1,128}$/.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

function checkKept(hostile: HostileCase, id: string, numberBefore: number, body: Buffer): void {
  const rows = inbox.after(numberBefore);
  const rekeyed = rows.length === 1; // the same sale under a new id is stored as a row of its own
  if (hostile.status === 'conflict' && !rekeyed) {
    expect(rows).toEqual([]);
    expect(inbox.conflictsOf(id).map((kept) => Buffer.from(kept))).toContainEqual(body);
    return;
  }
  if (hostile.status === 'duplicate' && !rekeyed) {
    expect(rows).toEqual([]);
    return;
  }
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ status: hostile.status, terminal: 'T1' });
  expect(Buffer.from(rows[0]?.body ?? '').equals(body)).toBe(true);
}
