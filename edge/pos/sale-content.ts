/**
 * The lines of a sale as its defining event says them, read again from the stored bytes: the bytes
 * are the truth, so nothing is kept twice.
 */

import { assert, must } from '#recipes/assert.ts';
import type { PosEvent, SoldLine } from '#recipes/contracts/pos-event.ts';
import type { EventStore } from './event-store.ts';
import { readStored } from './read-event.ts';
import type { StoredSale } from './sale-store.ts';

export type SaleContent = {
  readonly lines: readonly SoldLine[];
  readonly channel: string | undefined;
};

/** What a sale or snapshot event says; undefined when the event is something else. */
export function saleContent(events: EventStore, event: number): SaleContent | undefined {
  const stored = must(events.get(event), `event ${event} is not stored`);
  const read = readStored(stored.body);
  return read && contentOf(read);
}

/** The lines of a sale or snapshot; undefined for any other event. */
export function contentOf(event: PosEvent): SaleContent | undefined {
  if (event.type !== 'larder.pos.sale.v1' && event.type !== 'larder.pos.snapshot.v1') return;
  return { lines: event.data.lines, channel: event.data.channel };
}

/**
 * The ids of an event's lines: the POS's own, or their place from 1. A POS that gives two lines one
 * id still sold two lines: the second is told apart by a suffix.
 */
export function lineIdsOf(lines: readonly SoldLine[]): string[] {
  const seen = new Map<string, number>();
  return lines.map((line, at) => {
    const id = line.lineId ?? String(at + 1);
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(id, times);
    return times === 1 ? id : `${id}#${times}`;
  });
}

export type NumberedLine = { readonly index: number; readonly id: string; readonly line: SoldLine };

/**
 * The lines of a sale with their numbers. Numbers never change: a snapshot that drops a line leaves
 * its number unused, and a new line gets the next one.
 */
export function numberedLines(sale: StoredSale, content: SaleContent): NumberedLine[] {
  const ids = lineIdsOf(content.lines);
  return content.lines.map((line, at) => {
    const id = ids[at] ?? String(at + 1);
    const index = sale.lineIds === null ? at : sale.lineIds.indexOf(id);
    assert(index >= 0, `line ${id} of sale ${sale.saleId} has no number`);
    return { index, id, line };
  });
}
