/** What needs a person about head office: each thing comes by itself and goes by itself, or is put away. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAlerts } from '../../../edge/inbox/alerts.ts';
import type { InboxItem } from '../../../edge/inbox/inbox-item.ts';
import type { Bus } from '../../../edge/pos/bus.ts';
import { topicsOf } from '../../../edge/pos/topics.ts';
import { openLog } from '../../../edge/runtime/log.ts';
import { realPorts } from '../../../edge/runtime/ports.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { give, headOffice } from '../catalog/head-office.ts';
import { SMALL_BOOK } from '../small-kitchen.ts';

type Item = {
  id: string;
  kind: string;
  severity: string;
  title: { en: string; zh: string };
  detail: { en: string; zh: string };
  subject: Record<string, unknown>;
  actions: { command: { kind: string; data: unknown } }[];
};

const real = realPorts();
let later = 0;
const ports = { ...real, now: () => real.now() + later, mono: () => real.mono() + later };
const hqUrl = 'http://127.0.0.1:9';
let box: TestBox;
beforeAll(async () => {
  // The bridge of this box is the test.
  box = await startBox({ book: SMALL_BOOK, ports, config: { hqUrl, bridge: 'external' } });
});
afterAll(() => box.stop());

async function items(kind?: string): Promise<Item[]> {
  const { items: all } = await box.api<{ items: Item[] }>('GET', '/inbox');
  return all.filter((item) => (kind ? item.kind === kind : item.kind.startsWith('hq_')));
}

function ack(more: Record<string, unknown> = {}): Promise<unknown> {
  const { ledger } = box.box.parts;
  const tip = ledger.entries.tip();
  const ackedHash = Buffer.from(tip?.hash ?? '').toString('hex');
  return box.api('POST', '/feed/ack', { ackedSeq: tip?.seq, ackedHash, catalogHead: 0, ...more });
}

test('5 minutes without an answer', async () => {
  expect(await items()).toEqual([]);
  later += 4 * 60_000;
  expect(await items()).toEqual([]);
  later += 61_000;
  const [item] = await items();
  expect(item).toMatchObject({ id: 'hq:lag', severity: 'act', subject: { ackedSeq: null } });
  expect(item?.title.en).toBe('Head office does not answer');
  expect(await ack()).toEqual({ ok: true, catalogHead: 0 });
  expect(await items()).toEqual([]);
});

test('it does not let this store in: at once, with what it said, until it acknowledges again', async () => {
  const said = '401 unauthorized';
  await box.api('POST', '/feed/refused', { said });
  const [item, ...others] = await items();
  expect(others).toEqual([]);
  expect(item).toMatchObject({ id: 'hq:lag', kind: 'hq_lag', severity: 'act', subject: { said } });
  expect(item?.title).toEqual({
    en: 'Head office does not let this store in',
    zh: '总部拒绝本店接入',
  });
  const refusal = async () =>
    (await box.api<{ hq: { refusal: unknown } }>('GET', '/status')).hq.refusal;
  const first = await refusal();
  expect(first).toMatchObject({ said });
  later += 600_000;
  await box.api('POST', '/feed/refused', { said: '403 forbidden' });
  expect(await refusal()).toEqual({ ...(first as object), said: '403 forbidden' });
  await ack();
  expect(await items()).toEqual([]);
  expect(await refusal()).toBeNull();
});

test('it does not take what this store wrote: nobody is sent to the internet line', async () => {
  await ack();
  const said = '422 bad_batch entry 7: no such place';
  await box.api('POST', '/feed/refused', { what: 'batch', said });
  const [item] = await items();
  expect(item).toMatchObject({ id: 'hq:lag', severity: 'act', subject: { what: 'batch', said } });
  expect(item?.title).toEqual({
    en: 'Head office does not take what this store wrote',
    zh: '总部拒收本店数据',
  });
  expect(item?.detail.en).toContain('call support');
  expect(item?.detail.zh).toContain('联系技术支持');
  // Between two tries head office says where it stands: nothing is mended by that.
  await ack({ stuck: true });
  expect(await items()).toHaveLength(1);
  await ack();
  expect(await items()).toEqual([]);
});

test('5 minutes behind, and it goes when head office has caught up', async () => {
  later += 3_600_000;
  expect(await items()).toEqual([]);
  await box.send([{ id: 'lag', items: [{ sku: 'B', qty: 1 }] }]);
  later += 6 * 60_000;
  const [item] = await items();
  expect(item?.title).toEqual({ en: 'Head office is 6 min behind', zh: '总部落后 6 分钟' });
  await ack();
  expect(await items()).toEqual([]);
});

test('an alert goes to the bus like others, and is cleared like others', async () => {
  await box.send([{ id: 'lag-2', items: [{ sku: 'B', qty: 1 }] }]);
  later += 6 * 60_000;
  let open = (await items()) as unknown as InboxItem[];
  const published: string[] = [];
  const publish = ({ topic, payload }: { topic: string; payload: string }) =>
    published.push(`${topic} ${payload === '' ? '' : JSON.parse(payload).kind}`);
  const alerts = openAlerts({
    inbox: () => open,
    topics: topicsOf('demo'),
    log: openLog('silent'),
    bus: () => ({ publish }) as unknown as Bus,
  });
  alerts.round();
  alerts.round();
  expect(published).toEqual(['larder/v1/demo/alert/hq:lag hq_lag']);
  await ack();
  open = (await items()) as unknown as InboxItem[];
  alerts.round();
  expect(published.slice(1)).toEqual(['larder/v1/demo/alert/hq:lag ']);
});

test('balances that differ, and another box that sells', async () => {
  await ack({ differences: 3 });
  expect(await items()).toMatchObject([{ id: 'hq:differs', subject: { differences: 3 } }]);
  const others = [{ incarnation: 'other', state: 'second', seenAt: '2026-11-22T08:00:00.000Z' }];
  await ack({ differences: 0, state: 'main', others });
  const [two] = await items();
  expect(two).toMatchObject({ id: 'hq:two-boxes', since: '2026-11-22T08:00:00.000Z' });
  expect(two?.detail.en).toContain('counts this one');
  await ack({ differences: 0, state: 'second' });
  expect((await items())[0]?.detail.en).toContain('counts the other one');
  await ack({ differences: 0, state: 'main', others: [] });
  expect(await items()).toEqual([]);
});

test('the status says the same', async () => {
  await ack({ differences: 2, state: 'main' });
  const { hq } = await box.api<{ hq: Record<string, unknown> }>('GET', '/status');
  expect(hq).toMatchObject({ configured: true, differences: 2, state: 'main', lagMs: 0 });
  expect(hq['ackedSeq']).toBe(box.box.parts.ledger.seq());
  await ack({ differences: 0 });
});

test('a wrong hash is refused and changes nothing', async () => {
  const before = await box.api<{ hq: unknown }>('GET', '/status');
  expect(await ack({ ackedHash: 'f'.repeat(64), differences: 9 })).toMatchObject({
    status: 409,
    code: 'ack_differs',
  });
  expect(await ack({ ackedSeq: -1 })).toMatchObject({ status: 400, code: 'bad_body' });
  const after = await box.api<{ hq: unknown }>('GET', '/status');
  expect(after.hq).toEqual(before.hq);
});

test('a book that was not taken stands until a better one is', async () => {
  const hq = headOffice();
  await give(box, hq.sign({ payload: { book: { ...SMALL_BOOK, items: [] } } }));
  const [item] = await items();
  expect(item).toMatchObject({ kind: 'hq_refused_version', subject: { version: 1, what: 'book' } });
  expect(item?.title.zh).toContain('配方册');
  later += 30 * 86_400_000;
  await ack();
  expect(await items('hq_refused_version')).toHaveLength(1);
  await give(box, hq.sign({ payload: { book: SMALL_BOOK } }));
  expect(await items('hq_refused_version')).toEqual([]);
  await give(box, hq.sign({ kind: 'nonsense', payload: {} }));
  expect(await items('hq_refused_version')).toHaveLength(1);
  later += 8 * 86_400_000;
  expect(await items('hq_refused_version')).toEqual([]);
});

test('another key asks for a person, who may believe it', async () => {
  await give(box, headOffice('thief').sign({ version: 90, payload: { book: SMALL_BOOK } }));
  const [item] = await items('hq_refused_version');
  expect(item?.actions[0]?.command.kind).toBe('hq.trust');
  const { kind = '', data } = item?.actions[0]?.command ?? {};
  expect((await box.command(kind, data)).status).toBe('applied');
  expect(await items('hq_refused_version')).toEqual([]);
});

test('what another box did and this one cannot is listed until a person has seen it', async () => {
  const { lives, ledger } = box.box.parts;
  const message = { en: 'nothing is left of the lot', zh: '该批次已无余量' };
  const refused = [{ what: 'waste.log', id: 'w-1', code: 'empty_lot', message }];
  ledger.transact(() => {
    const taken = { applied: 4, duplicates: 1, refused };
    lives.putPiece({ incarnation: 'other', segment: 1 }, Date.now(), taken);
    const calm = { applied: 2, duplicates: 0, refused: [] };
    lives.putPiece({ incarnation: 'calm', segment: 1 }, Date.now(), calm);
  });
  const found = await items();
  const open = found.find(({ kind }) => kind === 'hq_refused_facts');
  expect(open).toMatchObject({ severity: 'act', subject: { life: 'other', applied: 4, refused } });
  expect(open?.detail.zh).toContain('该批次已无余量');
  expect(found.find(({ kind }) => kind === 'hq_life')).toMatchObject({
    severity: 'watch',
    subject: { life: 'calm' },
  });
  for (const { actions } of found.filter((item) => item.kind !== 'hq_lag')) {
    const { kind = '', data } = actions[0]?.command ?? {};
    expect((await box.command(kind, data)).status).toBe('applied');
  }
  expect((await items()).filter(({ kind }) => kind !== 'hq_lag')).toEqual([]);
});

test('a box without head office says nothing of it', async () => {
  const alone = await startBox({ ports });
  later += 3_600_000;
  const { items: all } = await alone.api<{ items: Item[] }>('GET', '/inbox');
  expect(all).toEqual([]);
  const { hq } = await alone.api<{ hq: Record<string, unknown> }>('GET', '/status');
  expect(hq).toMatchObject({ configured: false, ackedSeq: null, lagMs: null });
  await alone.stop();
});
