/**
 * Proof of deduction for one business day. Nothing here is a counter that was kept: the day's sales
 * are read again from their bytes, exploded again with the knowledge they were posted with, and
 * compared with the moves in the ledger. Received = applied + held + quarantined; exploded = moved.
 */
import { decimalFromMicro, microFromDecimal, scaleMicro } from '#recipes/amount.ts';
import type { DayClose } from '#recipes/contracts/pos-event.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { splitTaken } from '#recipes/stock/take-back.ts';
import { dayText } from '#recipes/time/business-day.ts';
import type { History } from '../recipe-book/history.ts';
import { STATUS } from './event-status.ts';
import { readStored } from './read-event.ts';
import { backByLine, type Position, readPositions } from './rebalance.ts';
import type { ReceiveParts } from './receive.ts';
import {
  contentOf,
  type NumberedLine,
  numberedLines,
  type SaleContent,
  saleContent,
} from './sale-content.ts';
import type { StoredSale } from './sale-store.ts';

export type DayReport = {
  readonly date: string;
  readonly sales: number;
  readonly lines: {
    readonly received: number;
    readonly applied: number;
    readonly held: number;
    /** Known to have no meaning for stock; part of applied. */
    readonly ignored: number;
    readonly quarantined: number;
  };
  /** Events of the day that nobody understood: how many lines they had is not known. */
  readonly quarantinedEvents: number;
  readonly items: readonly {
    readonly item: string;
    readonly exploded: string;
    readonly moved: string;
    readonly difference: string;
  }[];
  readonly balanced: boolean;
  readonly terminals: readonly TerminalTotals[];
};

export type TerminalTotals = {
  readonly terminal: string;
  readonly counted: Totals;
  /** What the terminal said at its day close; null = it has not closed. */
  readonly said: DayClose | null;
  /** null = nothing to compare with. */
  readonly agrees: boolean | null;
};

type Totals = { saleCount: number; voidCount: number; refundCount: number; lineQty: string };

/** Works the day out from its bytes and its entries; costs as much as reading all its sales. */
export function dayReport(parts: ReceiveParts, day: number): DayReport {
  const history = parts.history();
  const exploded = new Map<number, number>();
  const moved = new Map<number, number>();
  const lines = { received: 0, applied: 0, held: 0, ignored: 0 };
  const sales = parts.sales.ofDay(day);
  const totals = new Map<number, { sales: number; qty: number }>();
  for (const sale of sales) {
    const content = saleContent(parts.events, sale.event);
    if (!content) continue;
    const held = new Set(parts.held.ofSale(sale.id).map((h) => h.line));
    const posted = byLine(readPositions(parts.ledger, sale.id).values());
    const numbered = numberedLines(sale, content);
    lines.received += numbered.length;
    for (const line of numbered) {
      if (held.has(line.index)) lines.held++;
      else if (explodeLine(parts, history, { sale, content, line, posted }, exploded))
        lines.applied++;
      else lines.ignored++;
    }
    addMoved(posted, moved);
    const own = totals.get(sale.terminal) ?? { sales: 0, qty: 0 };
    own.sales++;
    for (const { line } of numbered) own.qty += microFromDecimal(line.qty);
    totals.set(sale.terminal, own);
  }
  return reportOf(parts, day, { sales: sales.length, lines, exploded, moved, totals });
}

type Worked = {
  readonly sales: number;
  readonly lines: { received: number; applied: number; held: number; ignored: number };
  readonly exploded: ReadonlyMap<number, number>;
  readonly moved: ReadonlyMap<number, number>;
  readonly totals: ReadonlyMap<number, { sales: number; qty: number }>;
};

function reportOf(parts: ReceiveParts, day: number, worked: Worked): DayReport {
  const { lines } = worked;
  const items = compare(parts, worked.exploded, worked.moved);
  const quarantinedEvents = parts.events
    .withStatus(STATUS.quarantined, QUARANTINE_MAX)
    .filter((event) => parts.dayOf(event.receivedAt) === day).length;
  const stuck = stuckLines(parts, day);
  const applied = lines.applied + lines.ignored;
  return {
    date: dayText(day),
    sales: worked.sales,
    lines: {
      received: lines.received + stuck + quarantinedEvents,
      applied,
      held: lines.held + stuck,
      ignored: lines.ignored,
      quarantined: quarantinedEvents,
    },
    quarantinedEvents,
    items,
    balanced:
      stuck === 0 &&
      lines.received === applied + lines.held &&
      items.every((item) => item.difference === '0'),
    terminals: controlTotals(parts, day, worked.totals),
  };
}

/** Lines of sales whose effect could not be worked out yet: acknowledged, and in no sale. */
function stuckLines(parts: ReceiveParts, day: number): number {
  let lines = 0;
  for (const stored of parts.events.withStatus(STATUS.pending, QUARANTINE_MAX)) {
    const event = readStored(stored.body);
    const content = event && contentOf(event);
    if (content && parts.dayOf(event.occurredAt ?? stored.receivedAt) === day) {
      lines += content.lines.length;
    }
  }
  return lines;
}

const QUARANTINE_MAX = 10_000;

type PostedLine = {
  readonly sale: StoredSale;
  readonly content: SaleContent;
  readonly line: NumberedLine;
  readonly posted: ReadonlyMap<number, Position[]>;
};

/**
 * Adds what a line should have out of stock now, by what was known when it posted.
 * @returns false when it takes nothing by meaning
 */
function explodeLine(
  parts: ReceiveParts,
  history: History,
  { sale, content, line: { index, line }, posted }: PostedLine,
  sums: Map<number, number>,
): boolean {
  const own = posted.get(index) ?? [];
  const takenAt = Math.max(0, ...own.map((position) => position.takenAt));
  const back = backByLine(parts.backs.ofSale(sale.id)).get(index);
  const qty = microFromDecimal(line.qty);
  // Voided before anybody knew what it was: nothing had to leave stock.
  if (takenAt === 0 && back !== undefined && back.notMade >= qty) return true;
  const answers = statesOf(parts, history, sale, takenAt).map((state) =>
    history.knowledge(state).resolve(line, content.channel, sale.occurredAt),
  );
  const answer = answers.find(({ kind }) => kind !== 'takes') ?? answers[0];
  if (answer?.kind !== 'takes') return false;
  for (const take of answer.takes) {
    const taken = scaleMicro(take.amount, qty);
    const out = back ? taken - splitTaken(taken, qty, back).stock : taken;
    sums.set(take.item, (sums.get(take.item) ?? 0) + out);
  }
  return true;
}

/**
 * What was known when a line posted. One that took nothing left no entry: it is excused only if the
 * sale before it or the one after it was settled without knowing that it takes something.
 */
function statesOf(
  parts: ReceiveParts,
  history: History,
  sale: StoredSale,
  takenAt: number,
): number[] {
  if (takenAt > 0) return [history.stateAt(takenAt)];
  const { before, after } = parts.ledger.entries.around(sale.id);
  const latest = after ?? parts.ledger.seq() + 1;
  return [...new Set([history.stateAt(before ?? 0), history.stateAt(latest)])];
}

function byLine(positions: Iterable<Position>): Map<number, Position[]> {
  const lines = new Map<number, Position[]>();
  for (const position of positions) {
    const list = lines.get(position.line) ?? [];
    lines.set(position.line, list);
    list.push(position);
  }
  return lines;
}

/** Adds what the sale's entries have moved out of stock. */
function addMoved(posted: ReadonlyMap<number, Position[]>, sums: Map<number, number>): void {
  for (const position of [...posted.values()].flat()) {
    let out = 0;
    for (const { place, amount } of position.lots) if (place !== PLACES.stock) out += amount;
    sums.set(position.item, (sums.get(position.item) ?? 0) + out);
  }
}

function compare(
  parts: ReceiveParts,
  exploded: ReadonlyMap<number, number>,
  moved: ReadonlyMap<number, number>,
): DayReport['items'] {
  return [...new Set([...exploded.keys(), ...moved.keys()])]
    .map((item) => {
      const left = exploded.get(item) ?? 0;
      const right = moved.get(item) ?? 0;
      return {
        item: parts.ledger.items.code(item),
        exploded: decimalFromMicro(left),
        moved: decimalFromMicro(right),
        difference: decimalFromMicro(left - right),
      };
    })
    .filter((row) => row.exploded !== '0' || row.moved !== '0')
    .sort((a, b) => (a.item < b.item ? -1 : 1));
}

function controlTotals(
  parts: ReceiveParts,
  day: number,
  sums: ReadonlyMap<number, { sales: number; qty: number }>,
): TerminalTotals[] {
  const closes = new Map(parts.dayCloses.ofDay(day).map((close) => [close.terminal, close.totals]));
  const back = parts.backs.ofDay(day);
  return [...new Set([...sums.keys(), ...closes.keys()])].map((terminal) => {
    const own = sums.get(terminal);
    const counted: Totals = {
      saleCount: own?.sales ?? 0,
      voidCount: back.get(terminal)?.voids ?? 0,
      refundCount: back.get(terminal)?.refunds ?? 0,
      lineQty: decimalFromMicro(own?.qty ?? 0),
    };
    const said = closes.get(terminal) ?? null;
    return {
      terminal: parts.terminals.name(terminal),
      counted,
      said,
      agrees: said === null ? null : agree(parts, terminal, counted, said),
    };
  });
}

function agree(parts: ReceiveParts, terminal: number, counted: Totals, said: DayClose): boolean {
  const cursor = parts.sequences.newest(terminal);
  return (
    (said.saleCount ?? counted.saleCount) === counted.saleCount &&
    (said.voidCount ?? counted.voidCount) === counted.voidCount &&
    (said.refundCount ?? counted.refundCount) === counted.refundCount &&
    (said.lineQty === undefined ||
      microFromDecimal(said.lineQty) === microFromDecimal(counted.lineQty)) &&
    (said.lastSequence === undefined ||
      cursor === undefined ||
      cursor.contiguous >= Number(said.lastSequence))
  );
}
