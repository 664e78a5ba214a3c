/** The items of a transfer that comes in, as this store knows them, and the amounts that a person says of them. */
import { type Micro, microFromDecimal } from '#recipes/amount.ts';
import type { TransferReceive } from '#recipes/contracts/transfer-command.ts';
import type { SentLine } from '#recipes/contracts/transfer-note.ts';
import type { StockItem } from '#recipes/kitchen.ts';
import type { Came } from '#recipes/transfers/receive-lines.ts';
import type { Refusal } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';
import { isRefusal, type TransferParts } from './transfer-parts.ts';

/** An item that comes: its number here, its unit, and how to read amounts of it. */
export type Arriving = {
  readonly number: number;
  readonly unit: SentLine['unit'];
  readonly name: SentLine['name'];
  readonly book: StockItem | undefined;
};

/** Every item that was sent or is named, or why one of them cannot come in. */
export function itemsOf(
  parts: TransferParts,
  sent: readonly SentLine[],
  data: TransferReceive,
  at: number,
): ReadonlyMap<string, Arriving> | Refusal {
  const kitchen = parts.knowledge.at(at)?.kitchen;
  const items = new Map<string, Arriving>();
  for (const line of sent) {
    const read = arriving(parts, kitchen?.items.get(line.item), line);
    if (isRefusal(read)) return read;
    items.set(line.item, read);
  }
  for (const [i, { item }] of (data.lines ?? []).entries()) {
    if (items.has(item)) continue;
    const book = kitchen?.items.get(item);
    if (!book) {
      return refuse(
        'unknown_item',
        `lines[${i}].item: "${item}" is not in the recipe book, nor in this transfer`,
        `lines[${i}].item:配方册与本调拨单中都没有物料“${item}”`,
      );
    }
    const read = arriving(parts, book, { item, unit: book.unit, name: book.name });
    if (isRefusal(read)) return read;
    items.set(item, read);
  }
  return items;
}

/** What this store knows under the code must be measured as what was sent. */
function arriving(
  { ledger }: TransferParts,
  book: StockItem | undefined,
  { item, unit, name }: Pick<SentLine, 'item' | 'unit' | 'name'>,
): Arriving | Refusal {
  const here = ledger.items.find(item);
  const own = book?.unit ?? (here === undefined ? unit : ledger.items.unit(here));
  if (own !== unit || (here !== undefined && ledger.items.unit(here) !== unit)) {
    return refuse(
      'unit_differs',
      `lines: "${item}" is kept in ${own} here and was sent in ${unit}; head office must make the books agree`,
      `lines:“${item}”在本店以 ${own} 计,发货方以 ${unit} 计;请总部统一配方册`,
    );
  }
  return { number: ledger.items.number(item, unit), unit, name: book?.name ?? name, book };
}

/** What a person says came, in millionths. */
export function readCame(
  said: NonNullable<TransferReceive['lines']>,
  items: ReadonlyMap<string, Arriving>,
): Came[] | Refusal {
  const came: Came[] = [];
  for (const [i, { item, lot, qty }] of said.entries()) {
    const book = items.get(item)?.book;
    // What this store's book does not know is said in the unit in which it was sent.
    const amount = book ? book.convert(qty) : plainAmount(qty);
    if (amount === undefined || amount < 0) {
      return refuse(
        'bad_quantity',
        `lines[${i}].qty must be 0 or more`,
        `lines[${i}].qty 必须为 0 或更多`,
      );
    }
    came.push({ item, lot, amount });
  }
  return came;
}

function plainAmount(qty: string | number): Micro | undefined {
  try {
    return microFromDecimal(qty);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
