/** A book that came after its minute with what another life of the box did. */
import type { BoxParts } from './box-parts.ts';
import { correctLate } from './catalog/correct-late.ts';
import { rangeOf } from './catalog/take-book.ts';
import { correctSale } from './pos/late-book.ts';
import { Knowledge } from './recipe-book/knowledge.ts';

/** A till's business day may be one off. */
const DAY_MS = 86_400_000;

/**
 * What was sold since its minute gets the difference. Done twice it comes to the same.
 * @param version of the box's book, learnt already
 * @returns how many sales were corrected
 */
export async function correctLateBook(parts: BoxParts, version: number): Promise<number> {
  const { books, ledger, ports, receiving } = parts;
  const { knowledge, sales, dayOf } = receiving;
  const range = rangeOf({ knowledge }, [version]);
  if (range === undefined || range.from > ports.now()) return 0;
  const versions = () => books.versions().filter((book) => book.version !== version);
  const late = {
    before: new Knowledge({ ...books, versions }, ledger.items.find),
    note: JSON.stringify({ why: 'late_book', version }),
  };
  const begun = { day: dayOf(range.from - DAY_MS) - 1, after: 0, corrected: 0 };
  return await correctLate(
    { ledger, sales, ports, now: ports.now },
    range,
    begun,
    (sale) => correctSale(receiving, sale, late),
    () => undefined,
  );
}
