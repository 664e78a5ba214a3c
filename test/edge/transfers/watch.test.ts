/** What watches over goods between stores: the inbox, fsck, who may do what, and the paper. */
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeSuggestionCode, readPaperCode } from '#recipes/scan/paper-code.ts';
import { transferSlip } from '#recipes/slips/transfer-slip.ts';
import { transferItems } from '../../../edge/inbox/transfer-items.ts';
import { breaches, must, type Store, startStore, stockUp, tell } from './two-stores.ts';

let box: Store;
beforeEach(async () => {
  box = await startStore('s1');
  await stockUp(box);
});
afterEach(() => box.stop());

const DAY = 86_400_000;
const lines = [
  {
    item: 'pork',
    name: { zh: '肉', en: 'Pork' },
    qty: '2000',
    unit: 'g',
    lot: 'K1',
    producedAt: null,
    expiresAt: null,
    cost: 400_000,
  },
];
const announce = (transfer: string) =>
  tell(box, 'transfer', {
    what: 'announce',
    transfer,
    from: 'ck1',
    to: 's1',
    sentAt: Date.now(),
    lines,
  });
type Item = {
  kind: string;
  severity: string;
  actions: { command: { kind: string; data: object } }[];
};
const inbox = async () =>
  (await box.api<{ items: Item[] }>('GET', '/inbox')).items.filter(({ kind }) =>
    /^(transfer|requisition)_/.test(kind),
  );

test('the inbox shows what waits, with the button that deals with it', async () => {
  announce('TR-ck1-20261123-001');
  const asked = {
    requisition: 'RQ-s2-20261123-001',
    from: 's2',
    to: 's1',
    deliverOn: 20_261_124,
    at: 1,
  };
  tell(box, 'requisition', { ...asked, lines: [{ item: 'pork', qty: '1000', unit: 'g' }] });
  expect(await inbox()).toMatchObject([
    { kind: 'transfer_incoming', severity: 'act' },
    { kind: 'requisition_waiting', severity: 'act' },
  ]);
  for (const { actions } of await inbox()) {
    const [action] = actions;
    if (action) await must(box, action.command.kind, action.command.data);
  }
  expect(await inbox()).toEqual([]);
  expect(await box.stock()).toMatchObject({ pork: '10000' });
});

test('goods that nobody receives are asked after when two days are over; a dispute until it is settled', async () => {
  const sent = await must(box, 'transfer.send', {
    to: 's2',
    lines: [{ item: 'pork', qty: '1 kg' }],
  });
  const { transfers } = box.box.parts;
  const at = (ms: number) => transferItems(transfers, Date.now() + ms).map(({ kind }) => kind);
  expect([at(DAY), at(2 * DAY + 1_000)]).toEqual([[], ['transfer_late']]);
  const transfer = sent.data['transfer'];
  tell(box, 'transfer', { what: 'state', transfer, state: 'disputed', received: [] });
  expect(at(3 * DAY)).toEqual(['transfer_disputed']);
  tell(box, 'transfer', { what: 'state', transfer, state: 'received', received: [] });
  expect(at(3 * DAY)).toEqual([]);
});

test('fsck finds tables that are not what the entries say', async () => {
  const goods = [{ item: 'pork', qty: '1 kg' }];
  await must(box, 'transfer.send', { to: 's2', lines: goods });
  announce('TR-ck1-20261123-002');
  await must(box, 'transfer.receive', { transfer: 'TR-ck1-20261123-002' });
  await must(box, 'requisition.send', { to: 's2', lines: goods });
  const out = await must(box, 'outsource.send', { processor: 'Lin', lines: goods });
  await must(box, 'outsource.receive', {
    job: out.data['job'],
    returned: [{ item: 'pork', qty: '200 g' }],
  });
  expect(breaches(box)).toEqual([]);
  const spoil = (sql: string, repair: string) => {
    const db = new Database(box.box.parts.file);
    db.exec(sql);
    const found = breaches(box).filter((one) => one.startsWith('transfers: '));
    db.exec(repair);
    db.close();
    return found.length;
  };
  const both = (table: string, column: string, where: string, wrong: string, right: string) =>
    spoil(
      `UPDATE ${table} SET ${column} = ${wrong} WHERE ${where}`,
      `UPDATE ${table} SET ${column} = ${right} WHERE ${where}`,
    );
  expect(both('transfer', 'state', "direction = 'out'", "'cancelled'", "'sent'")).toBeGreaterThan(
    0,
  );
  expect(both('transfer', 'step', "direction = 'in'", '7', '1')).toBeGreaterThan(0);
  expect(both('transfer', 'other', "direction = 'out'", "'s9'", "'s2'")).toBeGreaterThan(0);
  expect(both('transfer', 'entry', "direction = 'in'", 'entry - 1', 'entry + 1')).toBeGreaterThan(
    0,
  );
  expect(both('requisition', 'other', "direction = 'out'", "'s9'", "'s2'")).toBeGreaterThan(0);
  expect(both('outsource_job', 'state', 'TRUE', "'cancelled'", "'partly_back'")).toBeGreaterThan(0);
  expect(
    both(
      'outsource_job',
      'lines',
      'TRUE',
      "replace(lines, '1000000000', '900000000')",
      "replace(lines, '900000000', '1000000000')",
    ),
  ).toBeGreaterThan(0);
  expect(
    spoil(
      "UPDATE transfer SET id = 'TR-s1-x' || id WHERE direction = 'out'",
      "UPDATE transfer SET id = substr(id, 8) WHERE direction = 'out'",
    ),
  ).toBeGreaterThan(0);
  expect(breaches(box)).toEqual([]);
});

test('a paired tablet sends, receives and asks without a PIN, and takes its own back the same day', async () => {
  const sender = { device: 'tablet-1', pass: null };
  const run = (id: string, kind: string, data: object) =>
    box.box.parts.commands.find(id) ?? door(id, kind, data);
  const { openCommandDoor } = await import('../../../edge/box-commands.ts');
  const nothing = () => undefined;
  const effects = {
    release: nothing,
    replay: nothing,
    bookChanged: nothing,
    deviceRevoked: nothing,
  };
  const commands = openCommandDoor(box.box.parts, effects);
  const door = (id: string, kind: string, data: object) =>
    commands.execute({ id, kind, data }, sender);
  const goods = [{ item: 'pork', qty: '1 kg' }];
  const sent = run('t1', 'transfer.send', { to: 's2', lines: goods });
  expect(sent).toMatchObject({ status: 'applied' });
  announce('TR-ck1-20261123-003');
  expect(run('t2', 'transfer.receive', { transfer: 'TR-ck1-20261123-003' })).toMatchObject({
    status: 'applied',
  });
  expect(run('t3', 'requisition.send', { to: 's2', lines: goods })).toMatchObject({
    status: 'applied',
  });
  expect(run('t4', 'outsource.send', { processor: 'Lin', lines: goods })).toMatchObject({
    status: 'applied',
  });
  expect(
    run('t5', 'order.create', { order: 'PO-1', supplier: 'butcher', lines: goods }),
  ).toMatchObject({ status: 'applied' });
  expect(run('t6', 'order.send', { order: 'PO-1' })).toMatchObject({ code: 'pin_needed' });
  const seq = 'seq' in sent ? sent.seq : undefined;
  expect(run('t7', 'entry.reverse', { entry: seq })).toMatchObject({ status: 'applied' });
});

test('the paper fits its roll and its code leads back to it', () => {
  const store = { id: 's1', name: { zh: '一号店', en: 'One' }, timeZone: 'Asia/Shanghai' };
  const transfer = 'TR-s1-20261123-001';
  const line = {
    item: 'pork',
    name: { zh: '极长的物料名称'.repeat(3), en: 'A very long name '.repeat(3) },
    qty: '1234567.891',
    unit: 'g',
    lot: 'L'.repeat(64),
    expiresAt: '2026-11-25T16:00:00Z',
  };
  for (const columns of [48, 32] as const) {
    for (const language of ['zh', 'en'] as const) {
      const data = {
        store,
        transfer,
        state: 'cancelled',
        from: { id: 's1', name: store.name },
        to: { id: 's2', name: { en: 's2' } },
        at: '2026-11-23T01:00:00Z',
        requisition: 'RQ-s2-20261122-001',
        note: 'keep cold',
        lines: [line, { ...line, lot: null, expiresAt: null }],
      };
      const slip = transferSlip(data, { columns, language });
      const texts = slip.lines.flatMap((one) => (one.kind === 'text' ? [one.text] : []));
      expect(texts.join('\n')).toContain('1,234.568');
      expect(texts.join('\n')).toMatch(language === 'zh' ? /已取消/ : /CANCELLED/);
      expect(texts.join('')).not.toContain('…');
      expect(slip.lines).toContainEqual({ kind: 'qr', data: transfer });
    }
  }
  expect(readPaperCode(transfer)).toEqual({ kind: 'transfer', transfer, from: 's1' });
  expect(readPaperCode('TR-a-b-20261123-7')).toMatchObject({ from: 'a-b' });
  expect(readPaperCode('TR-s1')).toBeUndefined();
  expect(readPaperCode(makeSuggestionCode('2026-11-23', 's1'))).toMatchObject({
    kind: 'suggestion',
  });
});
