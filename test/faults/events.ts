/**
 * Seeded sales of 48 hours: sales with modifiers, combos and weighed dishes, voids whole and in
 * part, refunds, snapshots in several revisions. Nothing is ever taken back twice, so whatever the
 * order of arrival there is exactly one right stock at the end.
 *
 * `deliveries` then makes of them what a bad network makes: each event one to five times, all
 * shuffled, so that voids arrive before their sales and old revisions after new ones.
 */
import { type Seeded, seeded } from '../support/seeded.ts';
import { SECOND_BOOK_FROM, WINDOW_MS, WINDOW_START } from './kitchen.ts';

/** One event as the POS sends it. `body` is the exact JSON text. */
export type FaultEvent = { readonly id: string; readonly type: string; readonly body: Buffer };

export type SoldLineJson = {
  lineId: string;
  sku: string;
  qty: string;
  kind?: 'combo';
  parentLineId?: string;
  firedAt?: string;
  modifiers?: { sku: string; qty?: string }[];
};

/** Exactly `count` events with dense sequences 1…count, in the order in which they happened. */
export function generateEvents(seed: number, count: number, store = 'demo'): FaultEvent[] {
  const random = seeded(seed).fork('events');
  const drafts: Draft[] = [];
  for (let sale = 1; drafts.length < count; sale += 1) drafts.push(...draftSale(sale, random));
  return drafts
    .slice(0, count)
    .sort((one, other) => one.at - other.at)
    .map((draft, index) => seal(draft, index + 1, store));
}

/** Every event one to `copiesMax` times, all of it shuffled. */
export function deliveries(
  seed: number,
  events: readonly FaultEvent[],
  copiesMax: number,
): FaultEvent[] {
  const random = seeded(seed).fork('deliveries');
  const all: FaultEvent[] = [];
  for (const event of events) {
    for (let copies = random.between(1, copiesMax); copies > 0; copies -= 1) all.push(event);
  }
  return random.shuffle(all);
}

/** An event before it has its sequence number; `at` in epoch milliseconds. */
type Draft = { at: number; type: string; data: Record<string, unknown>; name: string };

const DISPOSITIONS = ['not_made', 'made_discarded', 'made_served_free', 'unknown'] as const;
const CHANNELS = ['dine_in', 'takeaway', 'delivery'] as const;
const MINUTE = 60_000;

function draftSale(number: number, random: Seeded): Draft[] {
  const at = saleTime(random);
  const saleId = `S-${number}`;
  const channel = random.pick(CHANNELS);
  const lines = draftLines(at, random);
  const kind = random.next();
  if (kind < 0.06) return draftSnapshots(saleId, at, channel, lines, random);
  const sale: Draft = { at, type: 'sale', name: saleId, data: { saleId, channel, lines } };
  if (kind < 0.14) return [sale, draftWholeVoid(saleId, at, random)];
  if (kind < 0.26) return [sale, ...draftPartVoids(saleId, at, lines, random)];
  return [sale];
}

/** Anywhere in the window, sometimes exactly at the change of books or a millisecond before. */
function saleTime(random: Seeded): number {
  const edge = random.next();
  if (edge < 0.005) return SECOND_BOOK_FROM;
  if (edge < 0.01) return SECOND_BOOK_FROM - 1;
  return WINDOW_START + random.between(0, WINDOW_MS - 1);
}

function draftLines(at: number, random: Seeded): SoldLineJson[] {
  const lines: SoldLineJson[] = [];
  const count = random.between(1, 6);
  while (lines.length < count) {
    const lineId = `${lines.length + 1}`;
    const choice = random.next();
    if (choice < 0.12) {
      lines.push(...draftCombo(lines.length + 1, random));
    } else if (choice < 0.27) {
      const grams = random.between(50, 2500);
      lines.push({ lineId, sku: 'W-1', qty: (grams / 1000).toFixed(3) });
    } else {
      const sku = random.pick(['M-1', 'M-2', 'M-3']);
      lines.push({ lineId, sku, qty: `${random.between(1, 4)}`, ...draftModifiers(sku, random) });
    }
  }
  for (const line of lines) if (random.chance(0.5)) fire(line, at, random);
  return lines;
}

/** A fired line was fired up to 20 minutes before the sale, under the same book as the sale. */
function fire(line: SoldLineJson, at: number, random: Seeded): void {
  const firedAt = at - random.between(0, 20) * MINUTE;
  if (firedAt >= WINDOW_START && at >= SECOND_BOOK_FROM === firedAt >= SECOND_BOOK_FROM) {
    line.firedAt = new Date(firedAt).toISOString();
  }
}

/** At most one modifier changes the dish itself, so that the order of modifiers cannot matter. */
function draftModifiers(
  sku: string,
  random: Seeded,
): { modifiers?: { sku: string; qty?: string }[] } {
  const modifiers: { sku: string; qty?: string }[] = [];
  const choice = random.next();
  if (choice < 0.12) modifiers.push({ sku: 'R-SCAL' });
  else if (choice < 0.22 && sku !== 'M-1') modifiers.push({ sku: 'S-BIG' });
  else if (choice < 0.3 && sku === 'M-1') modifiers.push({ sku: 'X-NOOD' });
  else if (choice < 0.42) modifiers.push({ sku: 'A-EGG', qty: `${random.between(1, 2)}` });
  else if (choice < 0.5) modifiers.push({ sku: 'A-RICE' });
  return modifiers.length > 0 ? { modifiers } : {};
}

function draftCombo(first: number, random: Seeded): SoldLineJson[] {
  const qty = `${random.between(1, 3)}`;
  const sku = random.pick(['C-1', 'C-2']);
  const parent = `${first}`;
  return [
    { lineId: parent, sku, qty, kind: 'combo' },
    { lineId: `${first + 1}`, sku: 'M-2', qty, parentLineId: parent },
    {
      lineId: `${first + 2}`,
      sku: 'M-3',
      qty,
      parentLineId: parent,
      ...draftModifiers('M-3', random),
    },
  ];
}

function draftWholeVoid(saleId: string, at: number, random: Seeded): Draft {
  return {
    at: laterThan(at, random),
    type: 'void',
    name: `${saleId}-V`,
    data: { saleId, disposition: random.pick(DISPOSITIONS), reason: 'guest left' },
  };
}

/** One to three takings-back of different lines, or of parts of one, never more than was sold. */
function draftPartVoids(
  saleId: string,
  at: number,
  lines: SoldLineJson[],
  random: Seeded,
): Draft[] {
  // A combo is taken back by its parent line, and its children go with it.
  const free = lines.filter((line) => line.parentLineId === undefined);
  const drafts: Draft[] = [];
  if (free.length > 1 && random.chance(0.2)) return [draftLinesVoid(saleId, at, free, random)];
  for (const line of random.shuffle(free).slice(0, random.between(1, 3))) {
    const { lineId } = line;
    const parts = random.chance(0.4) ? [undefined] : partsOf(line.qty, random);
    for (const qty of parts) {
      const disposition = random.pick(DISPOSITIONS);
      const name = `${saleId}-${drafts.length + 1}`;
      const when = laterThan(at, random);
      if (qty !== undefined && random.chance(0.35)) {
        const data = { refundId: `R-${name}`, saleId, lines: [{ lineId, qty, disposition }] };
        drafts.push({ at: when, type: 'refund', name: `${name}-R`, data });
      } else {
        const taken = qty === undefined ? { lineId } : { lineId, qty };
        const data = { saleId, disposition, lines: [taken] };
        drafts.push({ at: when, type: 'void', name: `${name}-V`, data });
      }
    }
  }
  return drafts;
}

/** Several lines as a whole, in one event. */
function draftLinesVoid(saleId: string, at: number, free: SoldLineJson[], random: Seeded): Draft {
  const chosen = random.shuffle([...free]).slice(0, random.between(1, free.length));
  const lines = chosen.map(({ lineId }) => ({ lineId }));
  const data = { saleId, disposition: random.pick(DISPOSITIONS), lines };
  return { at: laterThan(at, random), type: 'void', name: `${saleId}-V`, data };
}

/** One or two parts of a quantity, together at most the whole of it. */
function partsOf(qty: string, random: Seeded): string[] {
  const weighed = qty.includes('.');
  const whole = weighed ? Math.round(Number(qty) * 1000) : Number(qty);
  const text = (part: number): string => (weighed ? (part / 1000).toFixed(3) : `${part}`);
  const first = random.between(1, whole);
  const second = random.between(0, whole - first);
  return second === 0 ? [text(first)] : [text(first), text(second)];
}

/**
 * Revisions 1 to n of one sale, all under the time of the sale; the last one counts. Half of them
 * follow a plain sale, which is older than any revision even when it arrives last.
 */
function draftSnapshots(
  saleId: string,
  at: number,
  channel: string,
  lines: SoldLineJson[],
  random: Seeded,
): Draft[] {
  const drafts: Draft[] = [];
  const last = random.between(1, 4);
  let now = lines;
  if (random.chance(0.5)) {
    drafts.push({ at, type: 'sale', name: saleId, data: { saleId, channel, lines } });
    now = revise(now, random);
  }
  for (let revision = 1; revision <= last; revision += 1) {
    const data = { saleId, channel, revision, lines: now };
    drafts.push({ at, type: 'snapshot', name: `${saleId}-r${revision}`, data });
    now = revise(now, random);
  }
  return drafts;
}

function revise(lines: SoldLineJson[], random: Seeded): SoldLineJson[] {
  const changed = lines
    .filter(
      (line) => line.parentLineId !== undefined || line.kind === 'combo' || random.chance(0.8),
    )
    .map((line) =>
      line.sku.startsWith('M-') && random.chance(0.5)
        ? { ...line, qty: `${random.between(1, 5)}` }
        : { ...line },
    );
  if (random.chance(0.4)) {
    changed.push({ lineId: `x${random.between(1, 9999)}`, sku: 'M-2', qty: '1' });
  }
  return changed;
}

/** Up to 90 minutes later; a quarter of them within the 3 minutes of the "not made" rule. */
function laterThan(at: number, random: Seeded): number {
  return (
    at + (random.chance(0.25) ? random.between(0, 2 * MINUTE) : random.between(0, 90 * MINUTE))
  );
}

function seal(draft: Draft, sequence: number, store: string): FaultEvent {
  const id = `T1-${draft.name}`;
  const type = `larder.pos.${draft.type}.v1`;
  const event = {
    specversion: '1.0',
    id,
    source: `/stores/${store}/pos/T1`,
    type,
    time: withOffset(draft.at, sequence % 2 === 0),
    datacontenttype: 'application/json',
    sequence: `${sequence}`,
    epoch: 'f1',
    data: draft.data,
  };
  return { id, type, body: Buffer.from(JSON.stringify(event)) };
}

/** The same instant written in UTC or in the store's own time. */
function withOffset(at: number, utc: boolean): string {
  if (utc) return new Date(at).toISOString();
  return new Date(at + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
}
