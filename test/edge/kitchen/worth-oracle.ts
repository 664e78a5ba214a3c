/**
 * Own bookkeeping of what goods are worth, from the moves alone and in whole numbers of any size. It
 * shares no code with the box: a lot that came in with amount A and cost C is worth round(C × left / A).
 */
import type { Db } from '../../../edge/db/open.ts';

/** The numbers of the ledger, as they are stored and published: not read from the box's code. */
const STOCK = 1n;
const CONVERSIONS = new Map([
  [15n, 'trim'],
  [17n, 'batch'],
  [18n, 'open'],
]);
/** Kinds whose note says what left stock was worth. */
const COSTED = new Set([13n, 14n, 15n, 16n, 17n, 19n]);

type Worths = {
  /** Of everything in stock, ten-thousandths. */
  readonly stock: bigint;
  /** By place: what went there is positive, what came from there negative. */
  readonly places: ReadonlyMap<bigint, bigint>;
  readonly conversions: number;
  readonly wrong: readonly string[];
};

type Lot = { amount: bigint; cost: bigint | null; left: bigint; entry: bigint };
type Move = {
  seq: bigint;
  kind: bigint;
  note: string | null;
  lot: bigint;
  src: bigint;
  dst: bigint;
  amount: bigint;
};
type Entry = { readonly first: Move; took: bigint; priced: boolean };

export function worthsOf(db: Db): Worths {
  const lots = readLots(db);
  const places = new Map<bigint, bigint>();
  const wrong: string[] = [];
  let conversions = 0;
  let entry: Entry | undefined;
  const close = () => {
    if (!entry) return;
    wrong.push(...judge(entry, lots));
    if (CONVERSIONS.has(entry.first.kind)) conversions++;
  };
  for (const move of movesOf(db)) {
    if (move.seq !== entry?.first.seq) {
      close();
      entry = { first: move, took: 0n, priced: false };
    }
    const worth = carry(lots, move);
    if (worth === null) continue;
    const [from, to] = [move.src, move.dst];
    if (from !== STOCK) places.set(from, (places.get(from) ?? 0n) - worth);
    if (to !== STOCK) places.set(to, (places.get(to) ?? 0n) + worth);
    if (from === STOCK && to !== 11n) {
      entry.took += worth;
      entry.priced = true;
    }
  }
  close();
  let stock = 0n;
  for (const lot of lots.values()) stock += worth(lot, lot.left);
  return { stock, places, conversions, wrong };
}

/** Moves an amount. @returns what it carries, null when nobody knows */
function carry(lots: Map<bigint, Lot>, { lot, src, dst, amount }: Move): bigint | null {
  const own = lots.get(lot);
  if (!own) return null;
  const before = worth(own, own.left);
  if (src === STOCK) own.left -= amount;
  if (dst === STOCK) own.left += amount;
  const after = worth(own, own.left);
  return own.cost === null ? null : after > before ? after - before : before - after;
}

function worth({ cost, amount }: Lot, left: bigint): bigint {
  if (cost === null) return 0n;
  const [n, twice] = [cost * left, ((cost * left) % amount) * 2n];
  const down = n / amount;
  return twice > amount || (twice === amount && down % 2n === 1n) ? down + 1n : down;
}

function judge({ first, took, priced }: Entry, lots: ReadonlyMap<bigint, Lot>): string[] {
  const where = `entry ${first.seq} (kind ${first.kind})`;
  const note = JSON.parse(first.note ?? '{}') as {
    cost?: number | null;
    outs?: { to: string; cost: number | null }[];
  };
  const wrong: string[] = [];
  const said = note.cost ?? null;
  if (COSTED.has(first.kind) && (said === null ? priced : BigInt(said) !== took))
    wrong.push(`${where} says ${said}, what it took was worth ${took}`);
  if (!CONVERSIONS.has(first.kind)) return wrong;
  let made = 0n;
  for (const lot of lots.values()) if (lot.entry === first.seq) made += lot.cost ?? 0n;
  const gone = (note.outs ?? [])
    .filter(({ to }) => to === 'staff' || to === 'bin')
    .reduce((sum, { cost }) => sum + BigInt(cost ?? 0), 0n);
  if (made + gone !== took)
    wrong.push(`${where} made lots of ${made} and left ${gone}; it took ${took}`);
  return wrong;
}

function readLots(db: Db): Map<bigint, Lot> {
  const rows = db.prepare('SELECT id, amount, cost, entry FROM lot').safeIntegers().all() as {
    id: bigint;
    amount: bigint;
    cost: bigint | null;
    entry: bigint;
  }[];
  return new Map(rows.map(({ id, ...lot }) => [id, { ...lot, left: 0n }]));
}

function movesOf(db: Db): Move[] {
  return db
    .prepare(
      `SELECT e.seq, e.kind, e.note, m.lot, m.src, m.dst, m.amount
         FROM move m JOIN entry e ON e.seq = m.id / 65536 ORDER BY m.id`,
    )
    .safeIntegers()
    .all() as Move[];
}
