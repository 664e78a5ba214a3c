/** Entries as people read them: in words, with what they moved and what it cost. */
import type { Words } from '#recipes/contracts/command.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import { type EntryKind, entryKindName, UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES, placeName } from '#recipes/ledger/place.ts';
import { eachMove } from '#recipes/sync/read-entry-text.ts';
import { dayText } from '#recipes/time/business-day.ts';
import { storesNamed } from '#recipes/words/chain-entry-words.ts';
import { type EntrySummary, entrySummary } from '#recipes/words/entry-words.ts';
import { readableText } from '#recipes/words/readable.ts';
import { type Lang, nameIn } from '#recipes/words/words.ts';
import type { HqParts, Store } from '../parts.ts';
import { namesOfStores } from '../stores-store.ts';
import type { ItemRow } from './book-store.ts';
import { readItems } from './book-store.ts';
import type { Books, Name } from './books.ts';
import { entriesAt, lotCodes } from './entries-store.ts';
import type { FoundEntry } from './entry-row-store.ts';
import { amountText, moneyText, wholeOf } from './figures.ts';
import { instantText } from './instants.ts';
import { type Note, readNote } from './notes.ts';
import type { SpokenPast } from './past.ts';

/** An entry on the wire; amounts are decimal text in `unit`. */
export type EntryView = {
  readonly store: string;
  /** Number of the life; GET /stores/{store} names them. */
  readonly life: number;
  readonly seq: number;
  readonly kind: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly day: string;
  readonly actor: string | null;
  readonly command: string | null;
  readonly reverses: number | null;
  readonly words: Words;
  readonly cost: string | null;
  readonly moves: readonly MoveView[];
  readonly note: Note | null;
};

export type MoveView = {
  readonly item: string;
  readonly name: Name;
  readonly lot: string | null;
  readonly from: string;
  readonly to: string;
  readonly amount: string;
  readonly unit: string;
};

export type EntryViewParts = Pick<HqParts, 'db'> & { readonly books: Books };

/** What the views of one store's entries are made with. */
type Context = {
  readonly past: SpokenPast;
  readonly kitchen: Kitchen | undefined;
  readonly items: ReadonlyMap<number, ItemRow>;
  readonly lots: ReadonlyMap<number, string>;
  /** What reversals took back, by sequence. */
  readonly before: ReadonlyMap<number, FoundEntry>;
  readonly stores: ReadonlyMap<string, Store['name']>;
};

/** The views of a store's entries, in their order. */
export async function entryViews(
  parts: EntryViewParts,
  past: SpokenPast,
  entries: readonly FoundEntry[],
): Promise<EntryView[]> {
  if (entries.length === 0) return [];
  const { store, main } = past;
  const db = await parts.db.of(store.id);
  const wanted = new Set<number>();
  for (const { moves } of entries) eachMove(moves, (_line, _item, lot) => wanted.add(lot));
  wanted.delete(UNALLOCATED);
  const items = await readItems(db, [[store.id], [main.id]]);
  const before = await targetsOf(db, past, entries);
  const context: Context = {
    past,
    kitchen: await parts.books.kitchen(past),
    items: new Map(items.map((item) => [item.id, item])),
    lots: await lotCodes(db, store.id, main.id, [...wanted]),
    before,
    stores: await namesOfStores(parts.db.chain, [...entries, ...before.values()].flatMap(storesOf)),
  };
  return entries.map((entry) => viewOf(context, entry));
}

function storesOf({ kind, note }: FoundEntry): string[] {
  const name = entryKindName(kind);
  return name === undefined ? [] : storesNamed(name, readNote(note));
}

/** A reversal may reverse a reversal. */
const DEEPEST = 6;

async function targetsOf(
  db: Awaited<ReturnType<HqParts['db']['of']>>,
  { store, stretches }: SpokenPast,
  entries: readonly FoundEntry[],
): Promise<Map<number, FoundEntry>> {
  const found = new Map<number, FoundEntry>();
  let wanted = reversedBy(entries);
  for (let depth = 0; wanted.length > 0 && depth < DEEPEST; depth++) {
    const next: FoundEntry[] = [];
    for (const stretch of stretches) {
      next.push(...(await entriesAt(db, store.id, stretch, wanted)));
    }
    for (const entry of next) found.set(entry.seq, entry);
    wanted = reversedBy(next);
  }
  return found;
}

function reversedBy(entries: readonly FoundEntry[]): number[] {
  return entries.flatMap(({ kind, reverses }) =>
    entryKindName(kind) === 'reversal' && reverses !== null ? [reverses] : [],
  );
}

function viewOf(context: Context, entry: FoundEntry): EntryView {
  const note = readNote(entry.note);
  return {
    store: context.past.store.code,
    life: entry.life,
    seq: entry.seq,
    kind: entryKindName(entry.kind) ?? `kind-${entry.kind}`,
    at: instantText(entry.occurredAt),
    recordedAt: instantText(entry.recordedAt),
    day: dayText(entry.day),
    actor: entry.actor,
    command: entry.command,
    reverses: entry.reverses,
    words: wordsOf(context, entry),
    cost: moneyText(wholeOf(note['cost'])),
    moves: movesOf(context, entry),
    note: entry.note === null ? null : note,
  };
}

function movesOf({ items, lots, kitchen }: Context, { moves }: FoundEntry): MoveView[] {
  const views: MoveView[] = [];
  eachMove(moves, (_line, number, lot, from, to, amount) => {
    const item = items.get(number);
    const code = item?.code ?? String(number);
    views.push({
      item: code,
      name: kitchen?.items.get(code)?.name ?? {},
      lot: lot === UNALLOCATED ? null : (lots.get(lot) ?? String(lot)),
      from: placeName(from) ?? String(from),
      to: placeName(to) ?? String(to),
      amount: amountText(BigInt(amount)),
      unit: item?.unit ?? '',
    });
  });
  return views;
}

function wordsOf(context: Context, entry: FoundEntry): Words {
  const kind = entryKindName(entry.kind);
  if (kind === undefined) {
    return { zh: `未知类型 ${entry.kind}`, en: `Unknown kind ${entry.kind}` };
  }
  if (OF_A_TILL.has(kind)) return tillWords(context, kind, entry);
  return summaryOf(context, entry, kind).text;
}

function summaryOf(context: Context, entry: FoundEntry, kind: EntryKind): EntrySummary {
  const target = entry.reverses === null ? undefined : context.before.get(entry.reverses);
  const of = target && entryKindName(target.kind);
  // A chain of reversals leads to ever older entries.
  const reversed =
    target && of && target.seq < entry.seq
      ? { kind: of, summary: summaryOf(context, target, of) }
      : undefined;
  return entrySummary(kind, entry.note, context.kitchen, reversed, (code) =>
    context.stores.get(code),
  );
}

const OF_A_TILL: ReadonlySet<EntryKind> = new Set(['sale', 'void', 'refund', 'snapshot']);
const ITEMS_NAMED = 3;

/** A sale keeps no note: what it took says what it was. */
function tillWords(context: Context, kind: EntryKind, entry: FoundEntry): Words {
  const { text } = entrySummary(kind, null, context.kitchen);
  const amounts = new Map<number, bigint>();
  eachMove(entry.moves, (_line, item, _lot, from, to, amount) => {
    const change = from === PLACES.stock ? amount : to === PLACES.stock ? -amount : 0;
    amounts.set(item, (amounts.get(item) ?? 0n) + BigInt(change));
  });
  const named = [...amounts].filter(([, amount]) => amount !== 0n);
  const say = (lang: Lang) => {
    const shown = named.slice(0, ITEMS_NAMED).map(([number, amount]) => {
      const item = context.items.get(number);
      const code = item?.code ?? String(number);
      const name = nameIn(lang, context.kitchen?.items.get(code)?.name, code);
      return `${name} ${readableText(lang, amountText(amount), item?.unit ?? '', 3)}`;
    });
    const more = named.length - shown.length;
    const rest = more > 0 ? [lang === 'zh' ? `另 ${more} 项` : `${more} more`] : [];
    return [...shown, ...rest].join(lang === 'zh' ? '、' : ', ');
  };
  const join = (head: string, tail: string) => (tail === '' ? head : `${head} ${tail}`);
  return { zh: join(text.zh, say('zh')), en: join(text.en, say('en')) };
}
