/** The sample restaurant for a ledger that is new: its book and its opening stock, as commands. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { durationMs } from '#recipes/book/fields.ts';
import { parseBookText } from '#recipes/book/load.ts';

export type SampleCommand = { id: string; kind: string; at?: string; data: unknown };

/** Id of the command that adopts the sample's book: a ledger that knows it has the sample. */
export const SAMPLE_BOOK = 'demo:book';

const DAY_MS = 86_400_000;
/** The sample has been cooking for a while, so that yesterday's sales have a book, too. */
const BOOK_AGE_MS = 30 * DAY_MS;

type Receipt = {
  supplier?: string;
  ageDays: number;
  lines: { item: string; qty: string; lot: string; expiresIn?: string; price?: string }[];
};

/** @param samples folder of the samples. @throws when they cannot be read */
export function openingCommands(samples: string, now: number): SampleCommand[] {
  const book = parseBookText(readFileSync(join(samples, 'red-braise.yaml'), 'utf8'), 'yaml');
  if (!book.ok) throw new Error(`the sample book cannot be read: ${JSON.stringify(book.problems)}`);
  const validFrom = new Date(now - BOOK_AGE_MS).toISOString();
  const stock = readFileSync(join(samples, 'red-braise-stock.yaml'), 'utf8');
  const { receipts } = parse(stock) as { receipts: Receipt[] };
  return [
    { id: SAMPLE_BOOK, kind: 'book.adopt', data: { book: book.value, validFrom } },
    ...receipts.map((receipt, i) => openingReceipt(receipt, i, now)),
  ];
}

function openingReceipt(
  { supplier, ageDays, lines }: Receipt,
  index: number,
  now: number,
): SampleCommand {
  return {
    id: `demo:opening:${index}`,
    kind: 'delivery.receive',
    at: new Date(now - ageDays * DAY_MS).toISOString(),
    data: {
      ...(supplier === undefined ? {} : { supplier }),
      lines: lines.map(({ expiresIn, ...line }) => ({
        ...line,
        ...(expiresIn === undefined
          ? {}
          : { expiresAt: new Date(now + durationMs(expiresIn)).toISOString() }),
      })),
    },
  };
}
