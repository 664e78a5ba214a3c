/** A ledger counts an item in its first base unit for ever: a book may not change it. */
import type { Book } from '../contracts/book.ts';
import { openKitchen } from '../kitchen.ts';
import type { BookProblem } from './problem.ts';

/** In which unit an item is counted already, and where; undefined = nowhere yet. */
export type CountedIn = (
  item: string,
) => { readonly unit: string; readonly where?: string } | undefined;

/** @param book checked */
export function unitChanges(book: Book, countedIn: CountedIn): BookProblem[] {
  const problems: BookProblem[] = [];
  let index = 0;
  for (const item of openKitchen(book).items.values()) {
    const before = countedIn(item.id);
    if (before !== undefined && before.unit !== item.unit) {
      const { unit, where } = before;
      problems.push({
        path: item.made ? `recipes (${item.id}).makes` : `items[${index}].unit`,
        code: 'unit_changed',
        message: `"${item.id}" is already counted in ${unit}, not ${item.unit}${where ? ` (${where})` : ''}`,
        messageZh: `“${item.id}”已按 ${unit} 记账,不能改为 ${item.unit}${where ? `(${where})` : ''}`,
        remedy: `keep ${unit}, or give the new one another id`,
        remedyZh: `保留 ${unit},或使用新的编号`,
      });
    }
    index++;
  }
  return problems;
}
