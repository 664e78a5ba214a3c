/** An entry for people and scripts: its hashed text, with every field beside it by name. */
import { decimalFromMicro } from '#recipes/amount.ts';
import { entryKindName } from '#recipes/ledger/entry.ts';
import { placeName } from '#recipes/ledger/place.ts';
import { eachMove, readEntryText } from '#recipes/sync/read-entry-text.ts';
import { dayText } from '#recipes/time/business-day.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { FeedEntry } from './feed-store.ts';

export type ReadableMove = {
  readonly line: number;
  /** Id of the item in the book. */
  readonly item: string;
  readonly lot: number;
  readonly from: string;
  readonly to: string;
  /** Decimal text in the item's base unit. */
  readonly amount: string;
};

/** Times as RFC 3339, amounts as decimal text, items by their code. */
export function readableEntry({ items }: Pick<LedgerReader, 'items'>, entry: FeedEntry) {
  const record = readEntryText(entry.text);
  const moves: ReadableMove[] = [];
  eachMove(record.moves, (line, item, lot, from, to, amount) => {
    moves.push({
      line,
      item: items.code(item),
      lot,
      from: placeName(from) ?? String(from),
      to: placeName(to) ?? String(to),
      amount: decimalFromMicro(amount),
    });
  });
  return {
    seq: record.seq,
    hash: entry.hash,
    kind: entryKindName(record.kind) ?? String(record.kind),
    day: dayText(record.day),
    occurredAt: new Date(record.occurredAt).toISOString(),
    recordedAt: new Date(record.recordedAt).toISOString(),
    command: record.command,
    actor: record.actor,
    event: record.event,
    sale: record.sale,
    reverses: record.reverses,
    book: record.book,
    note: record.note === null ? null : parsed(record.note),
    moves,
    text: entry.text,
  };
}

/** Early notes are words, not JSON. */
function parsed(note: string): unknown {
  try {
    return JSON.parse(note);
  } catch {
    return note;
  }
}
