import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ENTRY_KINDS,
  type EntryHead,
  entryKindName,
  entryText,
  type Move,
} from '#recipes/ledger/entry.ts';
import { PLACES, placeName } from '#recipes/ledger/place.ts';
import { allocate, byFefo, type LotState } from '#recipes/stock/allocate.ts';
import { resolveDisposition } from '#recipes/stock/disposition.ts';
import { splitTaken } from '#recipes/stock/take-back.ts';
import {
  businessCalendar,
  dayNumber,
  daysBetween,
  dayText,
  startOfDay,
} from '#recipes/time/business-day.ts';

const amount = fc.integer({ min: 1, max: 2 ** 50 });
const text = fc.option(fc.string({ unit: fc.constantFrom('a', ';', ':', '-', ',', '1', '汁') }), {
  nil: null,
});
const number = fc.option(fc.nat(), { nil: null });
const head: fc.Arbitrary<EntryHead> = fc.record({
  seq: fc.nat(),
  kind: fc.constantFrom(...(Object.keys(ENTRY_KINDS) as (keyof typeof ENTRY_KINDS)[])),
  event: number,
  command: text,
  sale: number,
  reverses: number,
  book: number,
  day: fc.nat(),
  occurredAt: fc.nat(),
  recordedAt: fc.nat(),
  actor: text,
  note: text,
});
const move: fc.Arbitrary<Move> = fc.record({
  line: fc.integer({ min: -1, max: 500 }),
  item: fc.nat(),
  lot: fc.nat(),
  from: fc.nat(),
  to: fc.nat(),
  amount,
});
const entry = fc.tuple(head, fc.array(move, { maxLength: 3 }));

test('two different entries never have the same text', () => {
  fc.assert(
    fc.property(entry, entry, (a, b) => {
      expect(entryText(...a) === entryText(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
  );
});

test('places and kinds keep their numbers: they are hashed', () => {
  expect(PLACES).toMatchInlineSnapshot(`
    {
      "adjust": 9,
      "comp": 6,
      "processor": 12,
      "production": 8,
      "settle": 11,
      "sold": 3,
      "staff": 7,
      "stock": 1,
      "supplier": 2,
      "transit": 10,
      "trim": 5,
      "waste": 4,
    }
  `);
  expect(Object.entries(ENTRY_KINDS).map(([name, n]) => entryKindName(n) === name)).not.toContain(
    false,
  );
  expect(placeName(99)).toBeUndefined();
});

const lots = fc.uniqueArray(
  fc.record({
    lot: fc.nat(9),
    openedAt: fc.option(fc.nat(3), { nil: null }),
    expiresAt: fc.option(fc.nat(3), { nil: null }),
    receivedAt: fc.nat(3),
    amount: fc.integer({ min: -50, max: 50 }),
  }),
  { selector: (l) => l.lot },
);

test('FEFO gives exactly what is asked, and never skips a lot that should go first', () => {
  fc.assert(
    fc.property(lots, fc.integer({ min: 1, max: 300 }), (states: LotState[], wanted) => {
      const sorted = [...states].sort(byFefo);
      const taken: [number, number][] = [];
      allocate(sorted, wanted, (lot, part) => taken.push([lot, part]));
      let open = wanted;
      const expected: [number, number][] = [];
      for (const { lot, amount } of sorted) {
        if (amount > 0 && open > 0) expected.push([lot, Math.min(amount, open)]);
        if (amount > 0) open -= Math.min(amount, open);
      }
      if (open > 0) expected.push([0, open]);
      expect(taken).toEqual(expected);
    }),
  );
});

test('FEFO is a total order: opened first, then expiry, then receipt', () => {
  fc.assert(
    fc.property(lots, fc.nat(), (states: LotState[], seed) => {
      const rotated = [
        ...states.slice(seed % (states.length + 1)),
        ...states.slice(0, seed % (states.length + 1)),
      ];
      expect(rotated.sort(byFefo)).toEqual([...states].sort(byFefo));
    }),
  );
  const at = (lot: number, openedAt: number | null, expiresAt: number | null): LotState => ({
    lot,
    openedAt,
    expiresAt,
    receivedAt: 0,
    amount: 1,
  });
  const order = [at(1, null, 5), at(2, null, null), at(3, 9, 9), at(4, null, 4), at(0, null, null)];
  expect(order.sort(byFefo).map((l) => l.lot)).toEqual([0, 3, 4, 1, 2]);
});

test('what is taken back adds up exactly, and all of it when all is taken back', () => {
  const back = fc.record({ notMade: fc.nat(9), discarded: fc.nat(9), servedFree: fc.nat(9) });
  fc.assert(
    fc.property(fc.nat(1e12), fc.integer({ min: 1, max: 27 }), back, (taken, qty, b) => {
      const split = splitTaken(taken, qty, b);
      expect(split.stock + split.waste + split.comp + split.sold).toBe(taken);
      for (const part of Object.values(split)) expect(part).toBeGreaterThanOrEqual(0);
      if (b.notMade + b.discarded + b.servedFree >= qty) expect(split.sold).toBe(0);
    }),
  );
});

test('an unknown disposition is decided by the time since firing', () => {
  expect(resolveDisposition('unknown', undefined, 1e9, 1000)).toBe('not_made');
  expect(resolveDisposition(undefined, 0, 1000, 1000)).toBe('not_made');
  expect(resolveDisposition(undefined, 0, 1001, 1000)).toBe('made_discarded');
  expect(resolveDisposition('made_served_free', 0, 9e9, 1000)).toBe('made_served_free');
});

test('the business day ends at its hour, by the wall clock of the store', () => {
  const shanghai = businessCalendar('Asia/Shanghai', '04:00');
  const at = (iso: string) => Date.parse(iso);
  expect(shanghai(at('2026-11-22T03:59:59+08:00'))).toBe(20261121);
  expect(shanghai(at('2026-11-22T04:00:00+08:00'))).toBe(20261122);
  expect(shanghai(at('2026-01-01T00:30:00+08:00'))).toBe(20251231);
  // 02:30 does not exist on 8 March 2026 in New York, and 01:30 exists twice on 1 November.
  const newYork = businessCalendar('America/New_York', '02:30');
  expect(newYork(at('2026-03-08T01:59:59-05:00'))).toBe(20260307);
  expect(newYork(at('2026-03-08T03:00:00-04:00'))).toBe(20260308);
  expect(newYork(at('2026-11-01T01:30:00-04:00'))).toBe(20261031);
  expect(newYork(at('2026-11-01T01:30:00-05:00'))).toBe(20261031);
  expect(newYork(at('2026-11-01T02:30:00-05:00'))).toBe(20261101);
  // A day that began at half past two goes on when the clocks are put back to two.
  const berlin = businessCalendar('Europe/Berlin', '02:30');
  const begins = at('2026-10-25T02:30:00+02:00');
  expect([berlin(begins - 1), berlin(begins), berlin(begins + 1_800_000)]).toEqual([
    20261024, 20261025, 20261025,
  ]);
  expect(startOfDay(berlin, 20261025)).toBe(begins);
  expect(() => businessCalendar('Asia/Shanghai', '4am')).toThrow(RangeError);
  expect(dayText(dayNumber('2026-02-03'))).toBe('2026-02-03');
  expect(daysBetween(20260228, 20260301)).toBe(1);
});
