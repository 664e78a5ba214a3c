/**
 * What the larder must hold, worked out from the events alone. Shares nothing with the box: not its
 * recipes, not its explode, not its settling. It reads the unique events in any order, takes a sale
 * minus its voids and refunds, and multiplies by the hand-made portions of `kitchen.ts`.
 */
import type { FaultEvent, SoldLineJson } from './events.ts';
import {
  FLAT_BOOKS,
  type FlatBook,
  ITEMS,
  type Item,
  type Portion,
  SECOND_BOOK_FROM,
} from './kitchen.ts';

/** Amounts in millionths of the base unit. Stock is the received minus the other three. */
export type Totals = { sold: bigint; waste: bigint; comp: bigint };
export type Expected = Readonly<Record<Item, Totals>>;

/** The one right answer for a set of unique events; their order is irrelevant. */
export function expectedTotals(events: readonly FaultEvent[]): Expected {
  const totals = Object.fromEntries(
    ITEMS.map((item) => [item, { sold: 0n, waste: 0n, comp: 0n }]),
  ) as Record<Item, Totals>;
  const tickets = readTickets(events);
  for (const ticket of tickets.values()) addTicket(ticket, totals);
  return totals;
}

/** `"12.5"` -> 12_500_000n. Throws on anything finer than a millionth. */
export function toMillionths(decimal: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(decimal);
  if (match === null) throw new Error(`oracle: ${decimal} is not a decimal of at most 6 places`);
  const value = BigInt(match[2] ?? '0') * MILLION + BigInt((match[3] ?? '').padEnd(6, '0'));
  return match[1] === '-' ? -value : value;
}

type Returned = {
  at: number;
  disposition: string;
  lines: { lineId: string; qty?: string }[] | undefined;
};
type Ticket = {
  at: number;
  channel: string;
  revision: number;
  lines: SoldLineJson[];
  returns: Returned[];
};
type EventJson = {
  type: string;
  time: string;
  data: {
    saleId: string;
    channel?: string;
    revision?: number;
    disposition?: string;
    lines?: (SoldLineJson & { disposition?: string })[];
  };
};

const MILLION = 1_000_000n;
const NOT_MADE_MS = 3 * 60_000;

function readTickets(events: readonly FaultEvent[]): Map<string, Ticket> {
  const tickets = new Map<string, Ticket>();
  for (const { body } of events) {
    const event = JSON.parse(body.toString()) as EventJson;
    const at = Date.parse(event.time);
    const { saleId, lines } = event.data;
    const ticket = tickets.get(saleId) ?? {
      at: 0,
      channel: '',
      revision: -1,
      lines: [],
      returns: [],
    };
    tickets.set(saleId, ticket);
    if (event.type.includes('sale') || event.type.includes('snapshot')) {
      const revision = event.data.revision ?? 0;
      if (revision <= ticket.revision) continue;
      Object.assign(ticket, {
        at,
        revision,
        channel: event.data.channel ?? '',
        lines: lines ?? [],
      });
    } else {
      const disposition = event.data.disposition ?? lines?.[0]?.disposition ?? 'unknown';
      ticket.returns.push({ at, disposition, lines });
    }
  }
  return tickets;
}

function addTicket(ticket: Ticket, totals: Record<Item, Totals>): void {
  const flatBook = FLAT_BOOKS[ticket.at >= SECOND_BOOK_FROM ? 1 : 0];
  for (const line of ticket.lines) {
    const qty = toMillionths(line.qty);
    const perUnit = portionOf(line, ticket.channel, flatBook);
    let left = qty;
    const add = (where: keyof Totals, amount: bigint): void => {
      for (const [item, each] of Object.entries(perUnit)) {
        totals[item as Item][where] += exactly(each * amount, MILLION, item);
      }
    };
    for (const returned of ticket.returns) {
      const amount = returnedAmount(returned, line, qty);
      left -= amount;
      if (left < 0n) throw new Error(`oracle: line ${line.lineId} was taken back twice`);
      const fate = fateOf(returned, line);
      if (fate !== 'not_made') add(fate === 'made_discarded' ? 'waste' : 'comp', amount);
    }
    add('sold', left);
  }
}

/** A child goes with its combo; it has the quantity of its parent, so the same part of it goes. */
function returnedAmount(returned: Returned, line: SoldLineJson, qty: bigint): bigint {
  if (returned.lines === undefined) return qty;
  const named = returned.lines.find(
    ({ lineId }) => lineId === line.lineId || lineId === line.parentLineId,
  );
  if (named === undefined) return 0n;
  return named.qty === undefined ? qty : toMillionths(named.qty);
}

/** The store's default rule for `unknown`: not fired, or fired at most 3 minutes before. */
function fateOf(returned: Returned, line: SoldLineJson): string {
  if (returned.disposition !== 'unknown') return returned.disposition;
  if (line.firedAt === undefined) return 'not_made';
  return returned.at - Date.parse(line.firedAt) <= NOT_MADE_MS ? 'not_made' : 'made_discarded';
}

function portionOf(line: SoldLineJson, channel: string, flatBook: FlatBook): Portion {
  const dish = flatBook.dishes[line.sku];
  if (dish === undefined) throw new Error(`oracle: no dish ${line.sku}`);
  const carried = channel === 'takeaway' || channel === 'delivery';
  const portion: Partial<Record<Item, bigint>> = {
    ...dish.always,
    ...(carried ? dish.takeaway : {}),
  };
  for (const { sku, qty } of line.modifiers ?? []) {
    const modifier = flatBook.modifiers[sku];
    if (modifier === undefined) throw new Error(`oracle: no modifier ${sku}`);
    if ('remove' in modifier) {
      delete portion[modifier.remove];
    } else if ('swap' in modifier) {
      delete portion[modifier.swap.from];
      portion[modifier.swap.to] = (portion[modifier.swap.to] ?? 0n) + modifier.swap.amount;
    } else if ('scale' in modifier) {
      const { numerator, denominator } = modifier.scale;
      for (const [item, each] of Object.entries(portion)) {
        portion[item as Item] = exactly(each * numerator, denominator, item);
      }
    } else {
      for (const [item, each] of Object.entries(modifier.add)) {
        const extra = exactly(each * toMillionths(qty ?? '1'), MILLION, item);
        portion[item as Item] = (portion[item as Item] ?? 0n) + extra;
      }
    }
  }
  return portion;
}

/** The kitchen is chosen so that nothing is ever rounded; if something is, the test is wrong. */
function exactly(value: bigint, by: bigint, what: string): bigint {
  if (value % by !== 0n)
    throw new Error(`oracle: ${what} does not divide evenly, ${value} by ${by}`);
  return value / by;
}
