/** Sets the fault tests' kitchen up in a box: both books, and lots enough for about half of the items. */
import type { BoxProcess } from './box-process.ts';
import { BOOKS, ITEMS, type Item, SECOND_BOOK_FROM, WINDOW_START } from './kitchen.ts';
import type { Expected } from './oracle.ts';

const MILLION = 1_000_000n;
const DAY_MS = 86_400_000;
/** Lots per item; the last one is received while the sales are running. */
const LOTS = 4n;

/** What is received of each item in all, in millionths; a multiple of whole base units. */
export function receivedAmounts(expected: Expected): Record<Item, bigint> {
  const received = {} as Record<Item, bigint>;
  ITEMS.forEach((item, index) => {
    const used = expected[item].sold + expected[item].waste + expected[item].comp;
    // Every second item runs short, so that sales meet lots that end and stock below zero.
    const percent = index % 2 === 0 ? 140n : 60n;
    const perLot = (used * percent) / 100n / LOTS / MILLION;
    received[item] = item === 'marinated-egg' ? 0n : perLot * LOTS * MILLION;
  });
  return received;
}

export async function adoptBooks(box: BoxProcess): Promise<void> {
  const [first, second] = BOOKS;
  await adopt(box, first, WINDOW_START - 7 * DAY_MS);
  await adopt(box, second, SECOND_BOOK_FROM);
}

/** Lots 1 to 3 of every item. */
export async function receiveFirstLots(
  box: BoxProcess,
  received: Record<Item, bigint>,
): Promise<void> {
  for (let lot = 1; lot < Number(LOTS); lot += 1) await receiveLot(box, received, lot);
}

/** The last lot of every item; the same command id each time, so that it may be repeated. */
export async function receiveLastLot(
  box: BoxProcess,
  received: Record<Item, bigint>,
): Promise<void> {
  await receiveLot(box, received, Number(LOTS));
}

async function adopt(box: BoxProcess, book: object, validFrom: number): Promise<void> {
  const from = encodeURIComponent(new Date(validFrom).toISOString());
  await box.call('PUT', `/api/v1/book?validFrom=${from}`, book);
}

async function receiveLot(
  box: BoxProcess,
  received: Record<Item, bigint>,
  lot: number,
): Promise<void> {
  const lines = ITEMS.filter((item) => received[item] > 0n).map((item) => ({
    item,
    qty: `${received[item] / LOTS / MILLION}`,
    lot: `${item}-${lot}`,
    expiresAt: new Date(WINDOW_START + (10 - lot) * DAY_MS).toISOString(),
  }));
  const command = {
    id: `receive-${lot}`,
    kind: 'delivery.receive',
    at: new Date(WINDOW_START - DAY_MS).toISOString(),
    actor: 'fault test',
    data: { lines },
  };
  const answer = (await box.call('POST', '/api/v1/commands', { commands: [command] })) as {
    results: { status: string }[];
  };
  const status = answer.results[0]?.status;
  if (status !== 'applied' && status !== 'duplicate') {
    throw new Error(`receiving lot ${lot}: ${JSON.stringify(answer)}`);
  }
}
