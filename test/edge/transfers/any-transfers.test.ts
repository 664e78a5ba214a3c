/**
 * Whatever two stores do with goods between them, and in whatever order their words reach head office and
 * come down again: when all that is open is dealt with, nothing is on its way any more, every cost is
 * somewhere, and both boxes audit clean.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decimalFromMicro } from '#recipes/amount.ts';
import { type TransferNote, transferNoteSchema } from '#recipes/contracts/transfer-note.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { valueLeft } from '#recipes/stock/lot-value.ts';
import {
  type Down,
  foldTransfer,
  type Transfer,
} from '../../../cloud-bridge/hq/transfers/fold-transfer.ts';
import { breaches, inPlace, must, type Store, startStore, tell } from './two-stores.ts';

let stores: Record<'s1' | 's2', Store>;
beforeAll(async () => {
  const [s1, s2] = await Promise.all([startStore('s1'), startStore('s2')]);
  stores = { s1, s2 };
  // More than all acts can send: what leaves a lot that has run out has no cost that could be followed.
  for (const box of [s1, s2]) {
    const lots = { pork: 'P1', rice: 'R1' };
    const lines = Object.entries(lots).map(([item, lot]) => {
      return { item, lot, qty: '400 kg', price: '20.00' };
    });
    await must(box, 'delivery.receive', { lines });
  }
});
afterAll(async () => {
  await stores.s1.stop();
  await stores.s2.stop();
});

type Code = 's1' | 's2';
/** Each store sends an item of its own, so that nothing that came is sent on. */
const SENDS: Readonly<Record<Code, string>> = { s1: 'pork', s2: 'rice' };
const other = (code: Code): Code => (code === 's1' ? 's2' : 's1');

type Act =
  | { readonly do: 'send'; readonly by: Code; readonly grams: number }
  | {
      readonly do: 'receive';
      readonly by: Code;
      readonly which: number;
      readonly as: number | null;
    }
  | { readonly do: 'paper'; readonly by: Code; readonly which: number; readonly grams: number }
  | { readonly do: 'undo'; readonly by: Code; readonly which: number }
  | { readonly do: 'hear'; readonly by: Code; readonly few: number }
  | { readonly do: 'say'; readonly by: Code; readonly few: number };

const by = fc.constantFrom<Code>('s1', 's2');
const which = fc.nat(7);
const few = fc.integer({ min: 1, max: 4 });
const grams = fc.integer({ min: 1, max: 400 });
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constant('send' as const), by, grams }),
  fc.record({ do: fc.constant('receive' as const), by, which, as: fc.option(fc.nat(150)) }),
  fc.record({ do: fc.constant('paper' as const), by, which, grams }),
  fc.record({ do: fc.constant('undo' as const), by, which }),
  fc.record({ do: fc.constant('hear' as const), by, few }),
  fc.record({ do: fc.constant('say' as const), by, few }),
  fc.record({ do: fc.constant('say' as const), by, few: fc.constant(1_000) }),
  fc.record({ do: fc.constant('hear' as const), by, few: fc.constant(1_000) }),
);

/** One way to each end, so that no seed leaves one out. */
const EXAMPLES: [Act[]][] = [
  [
    [
      { do: 'send', by: 's1', grams: 5 },
      { do: 'undo', by: 's1', which: 0 },
    ],
  ],
  [
    [
      { do: 'send', by: 's2', grams: 7 },
      { do: 'say', by: 's2', few: 1_000 },
      { do: 'hear', by: 's1', few: 1_000 },
      { do: 'receive', by: 's1', which: 0, as: 50 },
    ],
  ],
  [
    [
      { do: 'send', by: 's1', grams: 6 },
      { do: 'say', by: 's1', few: 1_000 },
      { do: 'hear', by: 's2', few: 1_000 },
      { do: 'undo', by: 's1', which: 0 },
      { do: 'receive', by: 's2', which: 0, as: null },
    ],
  ],
];

/** Head office without its database: what each store has said so far, and what waits for it. */
function openOffice() {
  const rows = new Map<string, Transfer>();
  const read: Record<Code, number> = { s1: 0, s2: 0 };
  const waiting: Record<Code, Down[]> = { s1: [], s2: [] };
  const causes = new Set<string>();

  function say(code: Code, note: TransferNote, at: number, command: string | null): void {
    const folded = foldTransfer(rows.get(note.transfer), note, {
      store: code,
      at,
      command,
      main: true,
    });
    if (!folded) return;
    rows.set(note.transfer, folded.row);
    for (const down of folded.down) {
      if (causes.has(down.cause)) continue;
      causes.add(down.cause);
      for (const to of down.stores) waiting[to as Code].push(down);
    }
  }
  return {
    rows,
    /** The next words of a store arrive, each of them twice. */
    hear(code: Code, few: number): void {
      const { ledger } = stores[code].box.parts;
      const news = ledger.entries.after(read[code], 100_000);
      for (const { head } of news.slice(0, few)) {
        read[code] = head.seq;
        if (head.kind !== 'transfer' || head.note === null) continue;
        const note = transferNoteSchema.parse(JSON.parse(head.note));
        for (let i = 0; i < 2; i++) say(code, note, head.occurredAt, head.command);
      }
    },
    /** The next versions reach a store. */
    tell(code: Code, few: number): void {
      for (const { kind, payload } of waiting[code].splice(0, few)) {
        expect(tell(stores[code], kind, payload)).toMatchObject({ ok: true });
      }
    },
    settled: () =>
      waiting.s1.length === 0 &&
      waiting.s2.length === 0 &&
      (['s1', 's2'] as const).every((code) => read[code] === stores[code].box.parts.ledger.seq()),
  };
}
type Office = ReturnType<typeof openOffice>;

const rowsOf = (code: Code) => stores[code].box.parts.transfers.transfers.latest(1_000);
const pick = <T>(list: readonly T[], n: number) => list[n % Math.max(1, list.length)];

async function carryOut(one: Act, office: Office): Promise<void> {
  const box = stores[one.by];
  const rows = rowsOf(one.by);
  if (one.do === 'hear') return office.tell(one.by, one.few);
  if (one.do === 'say') return office.hear(one.by, one.few);
  if (one.do === 'send') {
    const item = SENDS[one.by];
    if (Number((await box.stock())[item]) < one.grams) return;
    const lines = [{ item, qty: `${one.grams} g` }];
    await must(box, 'transfer.send', { to: other(one.by), lines });
  } else if (one.do === 'receive') {
    // Mostly what waits, at times what is over.
    const own = rows.filter(({ direction }) => direction === 'in');
    const waits = own.filter(({ state }) => state === 'incoming');
    const row = pick(one.which < 6 && waits.length > 0 ? waits : own, one.which);
    if (!row) return;
    const lines = row.lines.map(({ item, lot, qty }) => {
      return { item, lot, qty: decimalFromMicro(Number(qty) * (one.as ?? 0) * 10_000) };
    });
    const data = { transfer: row.id, ...(one.as === null ? {} : { lines }) };
    await box.command('transfer.receive', data);
  } else if (one.do === 'paper') {
    // The paper comes with the goods, whatever anybody has heard.
    const row = pick(
      rowsOf(other(one.by)).filter(({ direction }) => direction === 'out'),
      one.which,
    );
    if (!row) return;
    const lines = [{ item: SENDS[other(one.by)], qty: `${one.grams} g` }];
    await box.command('transfer.receive', { transfer: row.id, from: other(one.by), lines });
  } else {
    // Sendings and receipts, and at times whatever came last.
    const { ledger } = box.box.parts;
    const wanted = one.which < 3 ? 'sent' : 'received';
    const own = rows.filter(({ state }) => state === wanted).map(({ entry }) => entry);
    const last = ledger.entries.after(2, 100_000).map(({ head }) => head.seq);
    const entry =
      one.which < 5 && own.length > 0 ? pick(own, one.which) : pick(last.toReversed(), one.which);
    if (entry !== undefined) await box.command('entry.reverse', { entry });
  }
}

/** Everything that is open is dealt with by a person who does what the screens say. */
async function finish(office: Office): Promise<void> {
  for (let round = 0; round < 20; round++) {
    for (const code of ['s1', 's2'] as const) {
      office.hear(code, 1_000);
      office.tell(code, 1_000);
    }
    let open = !office.settled();
    for (const code of ['s1', 's2'] as const) {
      const { moves, transfers } = stores[code].box.parts;
      for (const row of rowsOf(code)) {
        if (row.state === 'incoming') {
          await must(stores[code], 'transfer.receive', { transfer: row.id });
          open = true;
        } else if (row.state === 'cancelled' && row.hq === 'disputed') {
          let last = row.entry;
          for (let next = moves.reversalOf(last); next !== undefined; next = moves.reversalOf(last))
            last = next;
          await must(stores[code], 'entry.reverse', { entry: last });
          expect(transfers.transfers.get(row.id)?.state).toBe('sent');
          open = true;
        }
      }
    }
    if (!open) return;
  }
  throw new Error('it does not come to rest');
}

/** Ten-thousandths of everything in a store's larder. */
function worthOf(code: Code): number {
  const { ledger, lots } = stores[code].box.parts;
  let sum = 0;
  for (const item of ledger.items.codes()) {
    for (const { lot, amount } of ledger.shelf.lotsOf(ledger.items.find(item) ?? 0)) {
      const basis = lots.get(lot);
      if (basis) sum += valueLeft(basis, amount) ?? 0;
    }
  }
  return sum;
}

/** Ten-thousandths that were lost between stores: of receipts that stand, and what was used before its papers came. */
function lostOf(code: Code): number {
  const standing = new Map(rowsOf(code).map((row) => [row.entry, row]));
  let lost = 0;
  for (const { head } of stores[code].box.parts.ledger.entries.after(0, 100_000)) {
    if (head.kind !== 'transfer' || head.note === null) continue;
    const note = transferNoteSchema.parse(JSON.parse(head.note));
    if (note.what === 'receive' && standing.has(head.seq)) lost += note.lost ?? 0;
    if (note.what === 'match') lost += (note.lost ?? 0) + (note.gone ?? 0);
  }
  return lost;
}

test('any acts of two stores in any order', { timeout: 120_000 }, async () => {
  const bought = worthOf('s1') + worthOf('s2');
  const office = openOffice();
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 22 }), async (acts) => {
      for (const one of acts) await carryOut(one, office);
      await finish(office);
      for (const item of ['pork', 'rice']) {
        const transit = (code: Code) => inPlace(stores[code], item, PLACES.transit);
        expect(transit('s1') + transit('s2')).toBe(0);
      }
      for (const row of office.rows.values()) seen.add(row.state);
      expect([...office.rows.values()].filter(({ state }) => !OVER.has(state))).toEqual([]);
      expect(worthOf('s1') + worthOf('s2') + lostOf('s1') + lostOf('s2')).toBe(bought);
    }),
    { numRuns: 40, examples: EXAMPLES, endOnFailure: true },
  );
  expect(breaches(stores.s1)).toEqual([]);
  expect(breaches(stores.s2)).toEqual([]);
  expect([...seen].sort()).toEqual(['cancelled', 'disputed', 'received']);
});

const OVER: ReadonlySet<string> = new Set(['received', 'disputed', 'cancelled']);
