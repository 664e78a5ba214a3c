import { describe, expect, it } from 'vitest';
import { indexBarcodes, routeScan } from '#recipes/scan/route-scan.ts';
import { digestBook } from '../../kitchen-ui/src/goods/digest.ts';
import { caseUnit, unitsOf } from '../../kitchen-ui/src/goods/units.ts';
import type { OutboxEntry } from '../../kitchen-ui/src/outbox/entry.ts';
import { dayAt, dayEnd, dayStart, daysAfter } from '../../kitchen-ui/src/receive/calendar.ts';
import {
  allAsOrdered,
  changed,
  cleared,
  type Delivery,
  damaged,
  deliveryOf,
  type Order,
  priceChange,
  received,
  rejected,
  substituted,
  unordered,
  withItem,
} from '../../kitchen-ui/src/receive/delivery.ts';
import { type CodeOnGoods, scanned } from '../../kitchen-ui/src/receive/scan-line.ts';
import {
  leavesOpen,
  obstacles,
  priceQuestion,
  receiptOf,
} from '../../kitchen-ui/src/receive/send.ts';
import { waitingOf, withWaiting } from '../../kitchen-ui/src/receive/waiting.ts';

const ORDER: Order = {
  order: 'PO-014',
  supplier: 'jinluo',
  supplierName: { zh: '金锣', en: 'Jinluo' },
  state: 'sent',
  deliverOn: '2026-11-22',
  lines: [
    line('pork-belly', '8000', '4 pack', '2000', '64.00'),
    line('chicken-thigh', '8000', '8 kg', '2000', '42.00'),
  ],
};

function line(item: string, ordered: string, written: string, packAmount: string, price: string) {
  const rest = { name: item, received: '0', unit: 'g', maxTemperature: null };
  return { item, ordered, written, packAmount, price, ...rest };
}

const NO_LIMITS = new Map<string, string>();
const HOW = { taps: 3, ms: 4_000 };
const open = () => deliveryOf(ORDER, 0);
const at = (delivery: Delivery, key: string) =>
  delivery.lines.find((one) => one.key === key) ?? expect.fail(`no line ${key}`);
const sent = (delivery: Delivery, limits = NO_LIMITS) =>
  receiptOf(delivery, limits, 'Asia/Shanghai', HOW);

describe('a delivery', () => {
  it('is said in the unit of the order, and priced per that unit', () => {
    const [belly, thigh] = open().lines;
    expect(belly).toMatchObject({ unit: 'pack', per: '2000', expected: '4', price: '64' });
    expect(thigh).toMatchObject({ unit: 'kg', per: '1000', expected: '8', price: '21' });
  });

  it('all as ordered: everything that nobody has looked at', () => {
    const delivery = allAsOrdered(received(open(), 'o1', '7.4'));
    const { lines, order, supplier, close } = sent(delivery);
    expect({ order, supplier, close }).toEqual({ order: 'PO-014', supplier: 'jinluo' });
    expect(lines).toEqual([
      { item: 'pork-belly', qty: '4 pack', price: '64', ordered: '4 pack' },
      { item: 'chicken-thigh', qty: '7.4 kg', price: '21', ordered: '8 kg', problem: 'short' },
    ]);
    expect(leavesOpen(delivery)).toBe(true);
    expect(sent({ ...delivery, close: true }).close).toBe(true);
  });

  it('expects only what has not come yet', () => {
    const lines = ORDER.lines.map((one, i) => ({ ...one, received: i === 0 ? '6000' : '8000' }));
    const rest = { ...ORDER, lines };
    expect(deliveryOf(rest, 0).lines).toMatchObject([{ item: 'pork-belly', expected: '1' }]);
  });

  it('counts what is damaged as gone back, however the digits come', () => {
    let delivery = damaged(open(), 'o0', '1');
    expect(at(delivery, 'o0')).toMatchObject({ qty: '3', refused: '1', problem: 'damaged' });
    delivery = damaged(delivery, 'o0', '');
    expect(at(delivery, 'o0')).toMatchObject({ qty: '4', refused: '' });
    delivery = damaged(delivery, 'o0', '9');
    expect(at(delivery, 'o0')).toMatchObject({ qty: '0', refused: '4' });
    const short = damaged(received(open(), 'o0', '3'), 'o0', '1');
    expect(at(short, 'o0')).toMatchObject({ qty: '2', refused: '1' });
    expect(sent(short).lines[0]).toMatchObject({ qty: '2 pack', refused: '1 pack' });
  });

  it('sends a refused line without goods, and takes the refusal back', () => {
    const delivery = rejected(open(), 'o0');
    expect(sent(delivery).lines).toEqual([
      {
        item: 'pork-belly',
        qty: '0 pack',
        price: '64',
        ordered: '4 pack',
        problem: 'rejected',
        refused: '4 pack',
      },
    ]);
    expect(at(rejected(delivery, 'o0'), 'o0')).toMatchObject({ qty: '', problem: null });
    expect(at(received(delivery, 'o0', '5'), 'o0')).toMatchObject({ refused: '', problem: 'over' });
  });

  it('takes another item for an ordered one', () => {
    const kilo = { unit: 'kg', per: '1000' };
    const { delivery, key } = substituted(open(), 'o0', 'pork-loin', kilo);
    expect(sent(received(delivery, key, '8')).lines).toEqual([
      { item: 'pork-loin', qty: '8 kg', problem: 'substitute', substituteFor: 'pork-belly' },
    ]);
  });

  it('forgets a line that was added, and what was said of an ordered one', () => {
    const added = withItem(open(), 'egg', { unit: 'tray', per: '30' });
    expect(cleared(added.delivery, added.key).lines).toHaveLength(2);
    const said = changed(received(open(), 'o0', '2'), 'o0', { lot: 'L1', price: '70' });
    expect(at(cleared(said, 'o0'), 'o0')).toMatchObject({ qty: '', lot: '', price: '64' });
  });

  it('asks for the cold of what stays, and lets nothing warm in without a word', () => {
    const limits = new Map([['pork-belly', '4']]);
    const all = allAsOrdered(open());
    expect(obstacles(all, limits)).toMatchObject([{ key: 'o0', why: 'temperature', most: '4' }]);
    expect(obstacles({ ...all, temperature: '3.1' }, limits)).toEqual([]);
    const warm = { ...all, temperature: '7.8' };
    expect(obstacles(warm, limits)).toMatchObject([{ why: 'too_warm', measured: '7.8' }]);
    expect(obstacles(rejected(warm, 'o0'), limits)).toEqual([]);
    const measuredAgain = changed(warm, 'o0', { temperature: '-2' });
    expect(sent(measuredAgain, limits).lines.map((one) => one.temperature)).toEqual([
      '-2',
      undefined,
    ]);
    expect(priceQuestion(warm, limits)?.lines[0]).toMatchObject({ temperature: '4' });
  });

  it('says days as moments of the store', () => {
    const delivery = changed(received(open(), 'o0', '4'), 'o0', {
      producedOn: '2026-11-20',
      expiresOn: '2026-11-25',
    });
    expect(sent(delivery).lines[0]).toMatchObject({
      producedAt: '2026-11-19T16:00:00.000Z',
      expiresAt: '2026-11-25T15:59:59.000Z',
    });
    expect(dayStart('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
    expect(dayEnd('2026-03-29', 'Europe/Berlin')).toBe('2026-03-29T21:59:59.000Z');
    expect(dayEnd('soon', 'Europe/Berlin')).toBeNull();
    // Midnight is skipped, and the last hour of the day is there twice.
    expect(dayStart('2026-09-06', 'America/Santiago')).toBe('2026-09-06T04:00:00.000Z');
    expect(dayEnd('2026-04-04', 'America/Santiago')).toBe('2026-04-05T03:59:59.000Z');
    expect(dayAt(Date.parse('2026-11-22T17:00:00Z'), 'Asia/Shanghai')).toBe('2026-11-23');
    expect(daysAfter('2026-12-31', 1)).toBe('2027-01-01');
  });

  it('sees a price that moved', () => {
    expect(priceChange(at(changed(open(), 'o0', { price: '67.2' }), 'o0'))).toBeCloseTo(0.05);
    expect(priceChange(at(changed(open(), 'o0', { price: '' }), 'o0'))).toBe(0);
  });

  it('counts what waits on the tablet as received', () => {
    const entry = (data: unknown) =>
      ({ id: 'e1', kind: 'delivery.receive', progress: 'waiting', data }) as OutboxEntry;
    const lines = [{ item: 'pork-belly', qty: '3 pack' }];
    const waiting = waitingOf(ORDER, [entry({ order: 'PO-014', lines })], () => false);
    expect(waiting.receipts).toBe(1);
    expect(deliveryOf(withWaiting(ORDER, waiting), 0).lines[0]).toMatchObject({ expected: '1' });
    expect(waitingOf(ORDER, [entry({ order: 'PO-014', lines })], () => true).receipts).toBe(0);
  });
});

describe('a scan at the door', () => {
  const codes = indexBarcodes([
    ['06901234567892', { item: 'pork-belly', unit: 'pack' }],
    ['2212345', { item: 'chicken-thigh' }],
  ]);
  const read = (text: string) =>
    routeScan(text, { barcode: (key) => codes.get(key), year: 2026 }) as CodeOnGoods;
  const unitOf = (_item: string, unit: string | undefined) =>
    unit === 'pack' ? { unit, per: '2000' } : { unit: 'kg', per: '1000' };
  const scan = (delivery: Delivery, text: string) => {
    const code = read(text);
    return scanned(delivery, code.item ?? expect.fail(text), code, unitOf);
  };

  it('fills lot, dates and catch weight, and adds up case by case', () => {
    const first = scan(open(), '(01)06901234567892(11)261120(17)261125(10)A7(3103)002030');
    expect(at(first.delivery, first.key)).toMatchObject({
      key: 'o0',
      lot: 'A7',
      producedOn: '2026-11-20',
      expiresOn: '2026-11-25',
      qty: '1',
      weight: '2030',
    });
    const second = scan(first.delivery, '(01)06901234567892(17)261125(10)A7(3103)001990');
    expect(at(second.delivery, 'o0')).toMatchObject({ qty: '2', weight: '4020' });
    const other = scan(second.delivery, '(01)06901234567892(17)261126(10)B1(3103)002000');
    expect(other.key).not.toBe('o0');
    expect(at(other.delivery, other.key)).toMatchObject({ lot: 'B1', price: '64', qty: '1' });
    expect(sent(other.delivery).lines[0]).toMatchObject({ qty: '2 pack', weight: '4020' });
  });

  it('takes the weight of the shop’s scale as the quantity', () => {
    const { delivery, key } = scan(open(), '2212345015009');
    expect(at(delivery, key)).toMatchObject({ key: 'o1', qty: '1.5', weight: '' });
  });

  it('adds an item that nobody ordered', () => {
    const { delivery, key } = scan(unordered(null, 0), '6901234567892');
    expect(at(delivery, key)).toMatchObject({ unit: 'pack', qty: '1', expected: null });
  });
});

describe('what the tablet keeps of the book', () => {
  const book = {
    items: [
      { id: 'pork-belly', unit: 'g', units: { pack: '2 kg', case: '4 pack' } },
      { id: 'oil', unit: 'ml', units: { g: '1.09 ml', bottle: '5 l' } },
      { id: 'onion', unit: 'g', units: { 个: '180 g' } },
      { id: 'egg', unit: 'ea', units: { tray: 30 } },
    ],
    recipes: [{ id: 'rice', name: { zh: '饭' } }],
    suppliers: [
      {
        id: 's',
        items: [
          { item: 'pork-belly', pack: '1 case', price: 256 },
          { item: 'gone', pack: '1 kg' },
        ],
      },
    ],
  };
  const goods = digestBook(book, new Map());

  it('knows what a case is', () => {
    expect(unitsOf('pork-belly', 'g', goods)[0]).toEqual({ unit: 'case', per: '8000' });
    expect(caseUnit('oil', 'ml', goods)).toEqual({ unit: 'bottle', per: '5000' });
    expect(caseUnit('onion', 'g', goods)).toBeNull();
    expect(goods.suppliers).toEqual([
      { id: 's', name: 's', offers: [{ item: 'pork-belly', pack: '8000', price: '256' }] },
    ]);
  });
});
