/**
 * A store whose story a test tells, entry by entry: a real chain with lots, books and notes as a box
 * writes them, and batches of it.
 */
import { hash } from 'node:crypto';
import { type Batch, NO_HASH, type Parent } from '#recipes/contracts/sync.ts';
import { type EntryKind, entryText, type Move } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { dayNumber } from '#recipes/time/business-day.ts';

/** Items by code, in the order of their numbers. */
export const ITEMS = ['pork-belly', 'rice', 'scallion'] as const;
export type Item = (typeof ITEMS)[number];

export const BOOK = {
  larder: 1,
  name: 'Red-braise kitchen',
  currency: 'CNY',
  items: [
    {
      id: 'pork-belly',
      name: { zh: '五花肉', en: 'Pork belly' },
      unit: 'g',
      units: { pack: '2 kg' },
      stock: { safety: '1 kg', par: '6 kg', max: '20 kg' },
    },
    { id: 'rice', name: { zh: '大米', en: 'Rice' }, unit: 'g', stock: { par: '10 kg' } },
    { id: 'scallion', name: { zh: '葱', en: 'Scallion' }, unit: 'g' },
  ],
  recipes: [
    {
      id: 'braised-pork-rice',
      name: { zh: '红烧肉盖饭', en: 'Braised pork rice' },
      sku: ['M-1001'],
      lines: [{ item: 'pork-belly', qty: '400 g' }],
    },
  ],
  suppliers: [
    {
      id: 'jinluo',
      name: { zh: '金锣鲜肉', en: 'Jinluo' },
      items: [{ item: 'pork-belly', pack: '2 kg', price: '64.00' }],
    },
  ],
};

type Lot = NonNullable<Batch['lots']>[number];

export type Told = {
  readonly moves?: readonly Move[];
  readonly note?: object | null;
  readonly command?: string | null;
  readonly actor?: string | null;
  readonly event?: number | null;
  readonly sale?: number | null;
  readonly reverses?: number | null;
  readonly day?: number;
  readonly at?: number;
};

export type StoryEntry = { readonly seq: number; readonly text: string; readonly hash: string };

/** Millionths of so many grams. */
export const g = (grams: number): number => grams * 1_000_000;

export class StoryBox {
  incarnation: string;
  parent: Parent | null = null;
  entries: StoryEntry[] = [];
  lots: Lot[] = [];
  books: NonNullable<Batch['books']> = [];
  day: string;
  /** Moved on with every entry. */
  at: number;
  events = 0;
  /** Things in its inbox. */
  open = 0;

  constructor(incarnation: string, day = '2026-11-22', at = Date.parse(`${day}T12:00:00+08:00`)) {
    this.incarnation = incarnation;
    this.day = day;
    this.at = at;
  }

  get seq(): number {
    return this.entries.length;
  }

  /** @returns its sequence */
  tell(kind: EntryKind, told: Told = {}): number {
    const seq = this.seq + 1;
    this.at += 1_000;
    const at = told.at ?? this.at;
    const { moves = [], note = null, actor = null, event = null, sale = null } = told;
    const text = entryText(
      {
        seq,
        kind,
        event,
        sale,
        command: told.command === undefined ? `${this.incarnation}:c${seq}` : told.command,
        reverses: told.reverses ?? null,
        book: 1,
        day: told.day ?? dayNumber(this.day),
        occurredAt: at,
        recordedAt: at + 5,
        actor,
        note: note === null ? null : JSON.stringify(note),
      },
      moves,
    );
    const before = this.entries.at(-1)?.hash ?? NO_HASH;
    this.entries.push({ seq, text, hash: hash('sha256', before + text, 'hex') });
    return seq;
  }

  adopt(book: object = BOOK): number {
    const version = this.books.length + 1;
    const seq = this.tell('book', { note: { version } });
    this.books.push({
      version,
      entry: seq,
      validFrom: this.at,
      adoptedAt: this.at,
      document: JSON.stringify(book),
    });
    return seq;
  }

  /** Goods come in as one lot. @param cost money of the whole */
  receive(item: Item, grams: number, cost: number | null, note: object = {}): number {
    const lot = this.lots.length + 1;
    const moves = [this.move(item, lot, 'supplier', 'stock', grams)];
    const seq = this.tell('receipt', { moves, note: { supplier: 'jinluo', lines: [], ...note } });
    const [code, money] = [`L${lot}`, cost === null ? null : Math.round(cost * 10_000)];
    const number = ITEMS.indexOf(item) + 1;
    this.lots.push([lot, number, code, 'jinluo', seq, g(grams), money, this.at, null, null, null]);
    return seq;
  }

  /** One sale that takes of a lot. */
  sell(item: Item, lot: number, grams: number): number {
    this.events++;
    const moves = [this.move(item, lot, 'stock', 'sold', grams)];
    return this.tell('sale', { moves, event: this.events, sale: this.events, command: null });
  }

  waste(item: Item, lot: number, grams: number, cost: number | null, reason = 'spoiled'): number {
    const money = cost === null ? null : Math.round(cost * 10_000);
    const lines = [{ item, amount: g(grams), cost: money }];
    return this.tell('waste', {
      actor: 'Li',
      moves: [this.move(item, lot, 'stock', 'waste', grams)],
      note: { item, qty: g(grams), reason, cost: money, lines },
    });
  }

  /** Takes an entry back. */
  undo(reverses: number, moves: readonly Move[] = []): number {
    return this.tell('reversal', { reverses, moves, note: { reason: 'a slip' } });
  }

  move(
    item: Item,
    lot: number,
    from: keyof typeof PLACES,
    to: keyof typeof PLACES,
    grams: number,
    line = 0,
  ): Move {
    const number = ITEMS.indexOf(item) + 1;
    return { line, item: number, lot, from: PLACES[from], to: PLACES[to], amount: g(grams) };
  }

  /** Goes on as another life with the entries up to `seq`. */
  child(incarnation: string, seq: number, why: Parent['why'] = 'restored'): StoryBox {
    const child = new StoryBox(incarnation, this.day, this.at);
    child.entries = this.entries.slice(0, seq);
    child.lots = this.lots.filter(([, , , , entry]) => entry <= seq);
    child.books = this.books.filter(({ entry }) => entry <= seq);
    child.events = this.events;
    const hashed = this.entries[seq - 1]?.hash ?? NO_HASH;
    child.parent = { incarnation: this.incarnation, seq, hash: hashed, events: 0, why };
    return child;
  }

  /** Entries after `after` with everything beside them. */
  batch(after = 0): Batch {
    const own = this.entries.slice(after);
    const prevHash = this.entries[after - 1]?.hash ?? NO_HASH;
    return {
      incarnation: this.incarnation,
      from: after + 1,
      to: this.seq,
      prevHash,
      entries: own.map(({ text }) => text),
      headHash: this.entries.at(-1)?.hash ?? NO_HASH,
      ...(this.parent === null ? {} : { parent: this.parent }),
      head: { seq: this.seq, hash: this.entries.at(-1)?.hash ?? NO_HASH },
      items: ITEMS.map((code, i) => [i + 1, code, 'g'] as [number, string, string]),
      lots: this.lots.filter(([, , , , entry]) => entry > after),
      books: this.books.filter(({ entry }) => entry > after),
      captions: own.slice(-50).map(({ seq }) => ({ seq, zh: `第 ${seq} 条`, en: `entry ${seq}` })),
      box: {
        session: 's',
        version: 'test',
        timezone: 'Asia/Shanghai',
        dayStart: '04:00',
        sentAt: this.at,
        open: this.open,
      },
    };
  }
}
