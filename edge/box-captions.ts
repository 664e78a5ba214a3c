/** What a person reads of an entry on the board of head office: a sale by its dishes, the rest by its words. */
import { decimalFromMicro, microFromDecimal } from '#recipes/amount.ts';
import type { Words } from '#recipes/contracts/command.ts';
import type { PosEvent, SoldLine } from '#recipes/contracts/pos-event.ts';
import type { Batch } from '#recipes/contracts/sync.ts';
import type { EntryHead } from '#recipes/ledger/entry.ts';
import { type EntrySummary, entrySummary } from '#recipes/words/entry-words.ts';
import { type Name, nameIn } from '#recipes/words/words.ts';
import type { BoxParts } from './box-parts.ts';
import { readStored } from './pos/read-event.ts';

export type Caption = NonNullable<Batch['captions']>[number];

/** Lines of a sale that are named, and length of a caption as the wire allows it. */
const LINES_NAMED = 4;
const CAPTION_MAX = 400;

/** @returns undefined for an entry that does not exist */
export function openCaptions(parts: BoxParts): (seq: number) => Caption | undefined {
  return (seq) => {
    const head = parts.ledger.entries.get(seq)?.head;
    if (head === undefined) return undefined;
    const { zh, en } = ofSale(parts, head) ?? ofEntry(parts, head).text;
    return { seq, zh: short(zh), en: short(en) };
  };
}

/** What a till calls a dish is not the box's to refuse: head office gets what it can keep of it. */
function short(said: string): string {
  const text = said.replaceAll('\0', '');
  const cut = text.length <= CAPTION_MAX ? text : `${text.slice(0, CAPTION_MAX - 1)}…`;
  return cut.toWellFormed();
}

function ofEntry(parts: BoxParts, head: EntryHead): EntrySummary {
  const before = head.reverses === null ? undefined : parts.ledger.entries.get(head.reverses)?.head;
  // A chain of reversals leads to ever older entries.
  const reversed = before && before.seq < head.seq ? before : undefined;
  const kitchen = parts.purchasing.kitchen();
  const inner = reversed && { kind: reversed.kind, summary: ofEntry(parts, reversed) };
  return entrySummary(head.kind, head.note, kitchen, inner);
}

function ofSale(parts: BoxParts, head: EntryHead): Words | undefined {
  const stored = head.event === null ? undefined : parts.receiving.events.get(head.event);
  const event = stored && readStored(stored.body);
  if (stored === undefined || event === undefined) return undefined;
  const terminal = parts.receiving.terminals.name(stored.terminal);
  const verb = VERBS[event.type];
  if (verb === undefined) return undefined;
  const dishes = 'lines' in event.data ? dishesOf(parts, event, head.occurredAt) : undefined;
  const about = dishes ?? saleOf(event);
  return {
    zh: `${verb.zh} ${terminal}:${about.zh}`,
    en: `${verb.en} ${terminal}: ${about.en}`,
  };
}

const VERBS: Readonly<Partial<Record<PosEvent['type'], Words>>> = {
  'larder.pos.sale.v1': { zh: '销售', en: 'Sale' },
  'larder.pos.snapshot.v1': { zh: '改单', en: 'Changed sale' },
  'larder.pos.void.v1': { zh: '作废', en: 'Void' },
  'larder.pos.refund.v1': { zh: '退款', en: 'Refund' },
};

function saleOf({ data }: PosEvent): Words {
  const sale = 'saleId' in data ? data.saleId : '';
  return { zh: `单号 ${sale}`, en: `of ${sale}` };
}

/** Undefined for an event that names no dishes: a void says which lines of which sale. */
function dishesOf(parts: BoxParts, event: PosEvent, at: number): Words | undefined {
  if (event.type !== 'larder.pos.sale.v1' && event.type !== 'larder.pos.snapshot.v1') return;
  const { lines } = event.data;
  const named = lines.slice(0, LINES_NAMED).map((line) => dish(parts, line, at));
  const more = lines.length - named.length;
  const rest: Words = { zh: `等 ${lines.length} 项`, en: `and ${more} more` };
  return {
    zh: named.map(({ zh }) => zh).join('、') + (more > 0 ? ` ${rest.zh}` : ''),
    en: named.map(({ en }) => en).join(', ') + (more > 0 ? ` ${rest.en}` : ''),
  };
}

/** Its name in the book, else as the till calls it, else its code. */
function dish(parts: BoxParts, line: SoldLine, at: number): Words {
  const name = parts.receiving.knowledge.dishName(line.sku, at);
  const own = line.name ?? line.sku;
  const times = `x${plain(line.qty)}`;
  return { zh: `${nameOf('zh', name, own)} ${times}`, en: `${nameOf('en', name, own)} ${times}` };
}

function nameOf(lang: 'zh' | 'en', name: Name | undefined, otherwise: string): string {
  return nameIn(lang, name, otherwise);
}

function plain(qty: string | number): string {
  return decimalFromMicro(microFromDecimal(String(qty)));
}
