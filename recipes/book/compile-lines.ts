/** Ingredient lines of recipes and modifiers. */
import type { BookLine } from '../contracts/book.ts';
import { div, ONE } from '../rational.ts';
import { asList, type Line } from './model.ts';
import { at, type BookProblem, type Report } from './problem.ts';
import { readYield } from './ratio.ts';
import { positiveAmount, type References, tooLarge } from './references.ts';

/** Lines of a recipe or a modifier at `path`. */
export function compileLines(
  list: readonly (BookLine | undefined)[],
  path: readonly PropertyKey[],
  references: References,
  report: Report,
): Line[] {
  const lines: Line[] = [];
  list.forEach((line, l) => {
    const compiled =
      line === undefined ? undefined : compileLine(line, [...path, l], references, report);
    if (compiled !== undefined) lines.push(compiled);
  });
  return lines;
}

/** The message for an amount beyond what the ledger can hold. */
export function overflow(path: string): BookProblem {
  return {
    path,
    code: 'too_large',
    message: 'the amount is larger than the ledger can hold (9,007,199,254 base units)',
    messageZh: '数量超过账本上限(9,007,199,254 基本单位)',
    remedy: 'check the number and its unit',
    remedyZh: '请检查数字和单位',
  };
}

function compileLine(
  line: BookLine,
  path: readonly PropertyKey[],
  references: References,
  report: Report,
): Line | undefined {
  const lineYield = readYield(line.yield, at(...path, 'yield'), report);
  if ((line.item === undefined) === (line.recipe === undefined)) {
    report(oneTarget(at(...path), line.item !== undefined));
    return undefined;
  }
  const id = line.item ?? line.recipe ?? '';
  const kind = line.item === undefined ? 'recipe' : 'item';
  const target = references.find(id, kind, at(...path, kind));
  if (target === undefined) return undefined;
  const ep = positiveAmount(line.qty, target.table, at(...path, 'qty'), report);
  if (ep === undefined) return undefined;
  const ap = div(ep, lineYield ?? (kind === 'item' ? target.yield : ONE));
  if (tooLarge(ap)) {
    report(overflow(at(...path, 'qty')));
    return undefined;
  }
  const channels = line.channel === undefined ? undefined : new Set(asList(line.channel));
  return { target: id, ep, ap, channels };
}

function oneTarget(path: string, both: boolean): BookProblem {
  return {
    path,
    code: both ? 'item_and_recipe' : 'missing',
    message: both
      ? 'a line names an item and a recipe'
      : 'a line names neither an item nor a recipe',
    messageZh: both ? '一行不能同时写 item 和 recipe' : '一行必须写 item 或 recipe',
    remedy: both ? 'make two lines of it' : 'add item: or recipe: with an id',
    remedyZh: both ? '请分成两行' : '请添加 item: 或 recipe: 加编号',
  };
}
