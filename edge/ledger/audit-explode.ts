/** One sale from its bytes: exploded with what was known when it posted, it must give its moves. */
import { microFromDecimal, scaleMicro } from '#recipes/amount.ts';
import { Bug } from '#recipes/assert.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { splitTaken, type TakenBackQty } from '#recipes/stock/take-back.ts';
import { readStored } from '../pos/read-event.ts';
import { backByLine } from '../pos/rebalance.ts';
import { contentOf, type NumberedLine, numberedLines } from '../pos/sale-content.ts';
import type { StoredSale } from '../pos/sale-store.ts';
import type { History } from '../recipe-book/history.ts';
import type { Checks } from './audit-check.ts';
import type { Row } from './audit-store.ts';

/** What one line has out of stock of one item, millionths by place. */
export type Out = {
  readonly line: number;
  readonly item: number;
  readonly places: Map<number, number>;
};

export type Moved = {
  readonly out: ReadonlyMap<string, Out>;
  /** Newest entry that took for a line, by line. */
  readonly takenAt: ReadonlyMap<number, number>;
};

/** The rows of one sale: itself with its defining event, its lines that wait, what was taken back. */
export type Content = {
  readonly row: Row;
  readonly held: readonly Row[];
  readonly back: readonly Row[];
};

const NONE: TakenBackQty = { notMade: 0, discarded: 0, servedFree: 0 };
/** States of knowledge tried for a line that left no trace of when it was posted. */
const STATES_TRIED = 50;

/** @param firstSeq sequence of its first entry, or 0 */
export function verifySale(
  checks: Checks,
  history: History,
  content: Content,
  moved: Moved,
  firstSeq: number,
): void {
  const sale = saleOf(content.row);
  const wrong = (what: string) =>
    checks.breach('exploded', `sale ${sale.saleId} (${sale.id})`, what);
  const read = readStored(content.row[9] as Uint8Array);
  const said = read && contentOf(read);
  const lines = said && linesOf(sale, said);
  checks.count('exploded', 1);
  if (!read || !said || !lines) {
    wrong(said ? 'a line of its bytes has no number' : 'its bytes are no sale');
    return;
  }
  if ('saleId' in read.data && read.data.saleId !== sale.saleId) {
    wrong(`its bytes speak of sale ${read.data.saleId}`);
  }
  const occurredAt = read.occurredAt ?? Number(content.row[10]);
  if (occurredAt !== sale.occurredAt) {
    wrong(`its bytes say it happened at ${occurredAt}, not ${sale.occurredAt}`);
  }
  const held = new Set(content.held.map((row) => Number(row[1])));
  const back = backByLine(content.back.map(takenBack));
  const byLine = outByLine(moved);
  for (const numbered of lines) {
    const { index } = numbered;
    const own = byLine.get(index) ?? [];
    byLine.delete(index);
    const taken = back.get(index) ?? NONE;
    const posted = { history, takenAt: moved.takenAt.get(index), firstSeq };
    const search = { sale, numbered, channel: said.channel, taken, own };
    const what = verifyLine(search, held.has(index), posted);
    if (what !== undefined) wrong(`line ${index} (${numbered.line.sku}) ${what}`);
  }
  for (const [line, own] of byLine) {
    if (own.some(isOut)) wrong(`line ${line} took something; the sale has no such line`);
  }
}

type Posted = {
  readonly history: History;
  /** Newest entry that took for the line. */
  readonly takenAt: number | undefined;
  readonly firstSeq: number;
};

/** What is wrong with a line; undefined when it is as it should be. */
function verifyLine(search: Search, waits: boolean, posted: Posted): string | undefined {
  const { numbered, taken, own } = search;
  const sold = microFromDecimal(numbered.line.qty);
  if (waits) return own.some(isOut) ? 'waits, but took something' : undefined;
  // It waited, was voided before anybody knew it, and needs no dish any more.
  if (sold > 0 && taken.notMade >= sold && !own.some(isOut)) return undefined;
  return explodes(search, posted) ? undefined : 'moved something else than it explodes to';
}

function takenBack(row: Row): { line: number; qty: number; disposition: number } {
  return { line: Number(row[1]), qty: Number(row[2]), disposition: Number(row[3]) };
}

function saleOf(row: Row): StoredSale {
  return {
    id: Number(row[0]),
    terminal: Number(row[1]),
    saleId: String(row[2]),
    event: Number(row[3]),
    revision: Number(row[4]),
    day: Number(row[5]),
    occurredAt: Number(row[6]),
    lineIds: row[7] === null ? null : (JSON.parse(String(row[7])) as string[]),
  };
}

function linesOf(
  sale: StoredSale,
  said: Parameters<typeof numberedLines>[1],
): NumberedLine[] | undefined {
  try {
    return numberedLines(sale, said);
  } catch (error) {
    if (error instanceof Bug) return undefined;
    throw error;
  }
}

function outByLine(moved: Moved): Map<number, Out[]> {
  const lines = new Map<number, Out[]>();
  for (const out of moved.out.values()) {
    const list = lines.get(out.line);
    if (list) list.push(out);
    else lines.set(out.line, [out]);
  }
  return lines;
}

function isOut(out: Out): boolean {
  for (const amount of out.places.values()) if (amount !== 0) return true;
  return false;
}

type Search = {
  readonly sale: StoredSale;
  readonly numbered: NumberedLine;
  readonly channel: string | undefined;
  readonly taken: TakenBackQty;
  readonly own: readonly Out[];
};

/**
 * A line that took something was exploded at its newest taking entry, or, in a snapshot that changed
 * nothing of it, later. One that took nothing left no entry: any state that gives nothing explains it.
 */
function explodes(search: Search, posted: Posted): boolean {
  const { history, takenAt, firstSeq } = posted;
  const first = history.stateAt(takenAt ?? firstSeq);
  if (agrees(history, search, first)) return true;
  if (takenAt !== undefined && search.sale.revision < 0) return false;
  const least = takenAt === undefined ? 0 : first;
  const newest = history.states - 1;
  for (let state = newest; state >= least && state > newest - STATES_TRIED; state--) {
    if (state !== first && agrees(history, search, state)) return true;
  }
  return false;
}

function agrees(history: History, search: Search, state: number): boolean {
  const { sale, numbered, channel, taken, own } = search;
  const answer = history.knowledge(state).resolve(numbered.line, channel, sale.occurredAt);
  if (answer.kind === 'held') return false;
  const qty = microFromDecimal(numbered.line.qty);
  const rest = new Map(own.map((out) => [out.item, out.places]));
  for (const take of answer.kind === 'takes' ? answer.takes : []) {
    const split = splitTaken(scaleMicro(take.amount, qty), qty, taken);
    const places = rest.get(take.item);
    rest.delete(take.item);
    if ((places?.get(PLACES.sold) ?? 0) !== split.sold) return false;
    if ((places?.get(PLACES.waste) ?? 0) !== split.waste) return false;
    if ((places?.get(PLACES.comp) ?? 0) !== split.comp) return false;
  }
  for (const places of rest.values())
    for (const amount of places.values()) if (amount !== 0) return false;
  return true;
}
