/**
 * A book came after its minute: what was sold since is brought to what the book says, as if it had been
 * there. Each sale gets the difference as one entry; lines of which both books say the same, and lines
 * that one of them does not know, stay as they are.
 */
import { microFromDecimal, scaleMicro } from '#recipes/amount.ts';
import type { Knowledge } from '../recipe-book/knowledge.ts';
import type { Resolved } from '../recipe-book/resolve-line.ts';
import { type LineTarget, readPositions, rebalance } from './rebalance.ts';
import type { ReceiveParts } from './receive.ts';
import { numberedLines, saleContent } from './sale-content.ts';
import { PLAIN_SALE, type StoredSale } from './sale-store.ts';
import type { Settling } from './settling.ts';

export type LateBook = {
  /** What was known without the book. */
  readonly before: Pick<Knowledge, 'resolve'>;
  /** Why, for the note of the entries. */
  readonly note: string;
};

/**
 * Posts the difference of one sale. Inside `transact`; a second time there is none.
 * @returns how many moves it took
 */
export function correctSale(parts: ReceiveParts, id: number, late: LateBook): number {
  const sale = parts.sales.get(id);
  const content = sale && saleContent(parts.events, sale.event);
  const stored = sale && parts.events.get(sale.event);
  if (!sale || !content || !stored) return 0;
  const held = new Set(parts.held.ofSale(id).map(({ line }) => line));
  const targets = new Map<number, LineTarget>();
  let book: number | undefined;
  for (const { index, line } of numberedLines(sale, content)) {
    if (held.has(index)) continue;
    const was = late.before.resolve(line, content.channel, sale.occurredAt);
    const is = parts.knowledge.resolve(line, content.channel, sale.occurredAt);
    if (was.kind === 'held' || is.kind === 'held' || sameTakes(was, is)) continue;
    const qty = microFromDecimal(line.qty);
    const takes = amountsOf(is, qty);
    if (takes === undefined) continue;
    targets.set(index, { qty, takes });
    if (is.kind === 'takes') book = is.book;
  }
  if (targets.size === 0) return 0;
  const at: Settling = {
    event: sale.event,
    terminal: sale.terminal,
    receivedAt: parts.now(),
    occurredAt: sale.occurredAt,
  };
  noteTakes(parts, sale, targets);
  const moves = rebalance(parts, at, sale, 'snapshot', targets, { book, note: late.note });
  if (moves > 0) parts.events.setOutcome(sale.event, { ...stored, moves: stored.moves + moves });
  return moves;
}

/** Undefined: more than the ledger can hold, so the line stays as it is. */
function amountsOf(answer: Resolved, qty: number): Map<number, number> | undefined {
  const takes = answer.kind === 'takes' ? answer.takes : [];
  try {
    return new Map(takes.map((take) => [take.item, scaleMicro(take.amount, qty)]));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function sameTakes(a: Resolved, b: Resolved): boolean {
  const left = a.kind === 'takes' ? a.takes : [];
  const right = b.kind === 'takes' ? b.takes : [];
  const amounts = new Map(right.map(({ item, amount }) => [item, amount]));
  return (
    left.length === right.length && left.every(({ item, amount }) => amounts.get(item) === amount)
  );
}

/**
 * Where a line's moves do not tell what it takes: in a snapshot, and where something was taken back,
 * because then the difference is of what is left.
 */
function noteTakes(
  parts: ReceiveParts,
  sale: StoredSale,
  targets: ReadonlyMap<number, LineTarget>,
): void {
  const back = new Set(parts.backs.ofSale(sale.id).map(({ line }) => line));
  const told = [...targets].filter(([line]) => sale.revision !== PLAIN_SALE || back.has(line));
  if (told.length === 0) return;
  const items = [...readPositions(parts.ledger, sale.id).values()];
  for (const [line, { takes = new Map<number, number>() }] of told) {
    const amounts = new Map(takes);
    for (const own of items)
      if (own.line === line && !amounts.has(own.item)) amounts.set(own.item, 0);
    parts.snapshotTakes.put(sale.id, line, amounts);
  }
}
