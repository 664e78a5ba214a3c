/** Sales, events and days as people read them: what came, what state it is in, what it took. */
import { decimalFromMicro, microFromDecimal } from '#recipes/amount.ts';
import type { SoldLine } from '#recipes/contracts/pos-event.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { placeName } from '#recipes/ledger/place.ts';
import { dayText } from '#recipes/time/business-day.ts';
import type { LotStore } from '../ledger/lot-store.ts';
import { type DayReport, dayReport } from './day.ts';
import { EVENT_TYPES, publicStatus, STATUS } from './event-status.ts';
import type { StoredEvent } from './event-store.ts';
import { backByLine, readPositions } from './rebalance.ts';
import { claimedIdOf, type ReceiveParts } from './receive.ts';
import { numberedLines, type SaleContent, saleContent } from './sale-content.ts';
import type { StoredSale } from './sale-store.ts';

export type SaleViewParts = ReceiveParts & { readonly lots: LotStore };

/** What the routes may ask. */
export type SaleReader = {
  latestSales(limit: number): object[];
  /** The newest sale of this id, of one terminal when it is named; what each line took included. */
  sale(saleId: string, terminal: string | undefined): object | undefined;
  /** The newest, or those after an arrival number. */
  events(limit: number, after: number | undefined): object[];
  event(number: number): { readonly view: object; readonly body: Uint8Array } | undefined;
  day(day: number): DayReport;
};

export function openSaleReader(parts: SaleViewParts): SaleReader {
  return {
    latestSales: (limit) => parts.sales.latest(limit).map((sale) => saleView(parts, sale)),
    sale(saleId, terminal) {
      const found = parts.sales
        .named(saleId)
        .filter((s) => terminal === undefined || parts.terminals.name(s.terminal) === terminal);
      const sale = found.at(-1);
      return sale && saleView(parts, sale, tookByLine(parts, sale));
    },
    events(limit, after) {
      const list =
        after === undefined ? parts.events.latest(limit) : parts.events.after(after, limit);
      return list.map((stored) => eventView(parts, stored));
    },
    event(number) {
      const stored = parts.events.get(number);
      return stored && { view: eventView(parts, stored), body: stored.body };
    },
    day: (day) => dayReport(parts, day),
  };
}

function eventView(parts: SaleViewParts, stored: StoredEvent) {
  return {
    number: stored.number,
    terminal: parts.terminals.name(stored.terminal),
    eventId: claimedIdOf(stored),
    type: EVENT_TYPES[stored.type] ?? 'unknown',
    receivedAt: new Date(stored.receivedAt).toISOString(),
    status: publicStatus(stored.status),
    dismissed: stored.status === STATUS.dismissed,
    lines: { applied: stored.applied, held: stored.held },
    movements: stored.moves,
    reasons: stored.reasons,
    source: stored.source,
    bytes: stored.body.byteLength,
  };
}

type Took = { item: string; lot: string; amount: string; unit: string; to: string };

function saleView(parts: SaleViewParts, sale: StoredSale, took?: ReadonlyMap<number, Took[]>) {
  const stored = parts.events.get(sale.event);
  const content = saleContent(parts.events, sale.event);
  return {
    saleId: sale.saleId,
    terminal: parts.terminals.name(sale.terminal),
    event: sale.event,
    at: new Date(sale.occurredAt).toISOString(),
    receivedAt: stored ? new Date(stored.receivedAt).toISOString() : null,
    businessDay: dayText(sale.day),
    status: stored ? publicStatus(stored.status) : 'held',
    revision: sale.revision < 0 ? null : sale.revision,
    channel: content?.channel ?? null,
    lines: content ? lineViews(parts, sale, content, took) : [],
  };
}

function lineViews(
  parts: SaleViewParts,
  sale: StoredSale,
  content: SaleContent,
  took: ReadonlyMap<number, Took[]> | undefined,
) {
  const held = new Map(parts.held.ofSale(sale.id).map((h) => [h.line, h.sku]));
  const back = backByLine(parts.backs.ofSale(sale.id));
  return numberedLines(sale, content).map(({ index, id, line }) => {
    const gone = back.get(index);
    const sold = microFromDecimal(line.qty);
    const asked = gone ? gone.notMade + gone.discarded + gone.servedFree : 0;
    const voided = Math.min(asked, sold);
    const answer = parts.knowledge.resolve(line, content.channel, sale.occurredAt);
    const posted = answer.kind === 'nothing' ? 'ignored' : 'applied';
    return {
      lineId: id,
      sku: line.sku,
      name: line.name ?? dishName(parts, line, sale.occurredAt),
      qty: decimalFromMicro(sold),
      modifiers: line.modifiers ?? [],
      parentLineId: line.parentLineId ?? null,
      state: held.has(index) ? 'held' : posted,
      waitsFor: held.get(index) ?? null,
      voided: decimalFromMicro(voided),
      ...(took ? { took: took.get(index) ?? [] } : {}),
    };
  });
}

function dishName(parts: SaleViewParts, line: SoldLine, at: number): string | null {
  const kitchen = parts.knowledge.at(at)?.kitchen;
  const meaning = kitchen?.meaning(line.sku);
  const recipe = meaning?.kind === 'dish' ? kitchen?.recipes.get(meaning.recipe) : undefined;
  return recipe?.name.zh ?? recipe?.name.en ?? null;
}

/** What each line has out of stock now, by lot. */
function tookByLine(parts: SaleViewParts, sale: StoredSale): Map<number, Took[]> {
  const lines = new Map<number, Took[]>();
  const { items } = parts.ledger;
  for (const position of readPositions(parts.ledger, sale.id).values()) {
    const list = lines.get(position.line) ?? [];
    lines.set(position.line, list);
    for (const { lot, place, amount } of position.lots) {
      if (amount === 0) continue;
      list.push({
        item: items.code(position.item),
        lot: lot === UNALLOCATED ? 'unallocated' : (parts.lots.get(lot)?.code ?? String(lot)),
        amount: decimalFromMicro(amount),
        unit: items.unit(position.item),
        to: placeName(place) ?? String(place),
      });
    }
  }
  return lines;
}
