/** The whole judgement on a book: shape and meaning, every mistake at once. */
import { assert } from '../assert.ts';
import { type Book, bookSchema } from '../contracts/book.ts';
import { usedBy } from '../explode.ts';
import { unkeepableAt } from '../keepable-text.ts';
import { toNumber } from '../rational.ts';
import { compileBook } from './compile.ts';
import { overflow } from './compile-lines.ts';
import { type Draft, readDraft } from './draft.ts';
import { checkDuplicates } from './duplicates.ts';
import type { Model, ModifierModel, RecipeModel } from './model.ts';
import { at, type BookProblem, type Report } from './problem.ts';
import { positiveAmount, References } from './references.ts';

export type BookCheck =
  | { readonly ok: true; readonly book: Book }
  | { readonly ok: false; readonly problems: readonly BookProblem[] };

/**
 * Characters of a book as JSON. It travels in one piece to head office and to every store, through a
 * bridge with little memory. The book of a whole restaurant has some 100,000.
 */
export const BOOK_CHARS_MAX = 4_000_000;

/**
 * Checks any input: never throws, whatever it is. When it is good, the book is the input with its
 * types; otherwise every problem names its place and a remedy.
 */
export function checkBook(input: unknown): BookCheck {
  const problems: BookProblem[] = [];
  const seen = new Set<string>();
  const report: Report = (problem) => {
    // A wrong list and its head may both speak of the same place.
    const key = `${problem.path} ${problem.code} ${problem.message}`;
    if (!seen.has(key)) problems.push(problem);
    seen.add(key);
  };
  checkText(input, report);
  const draft = readDraft(input, report);
  checkDuplicates(draft, report);
  const model = compileBook(draft, report);
  checkSuppliers(draft, model, report);
  checkSwaps(model, report);
  checkOverflow(model, report);
  if (problems.length > 0) return { ok: false, problems };
  const parsed = bookSchema.safeParse(input);
  assert(parsed.success, 'the pieces of a book are right, but the whole is not');
  const chars = JSON.stringify(parsed.data).length;
  if (chars > BOOK_CHARS_MAX) return { ok: false, problems: [tooLong(chars)] };
  return { ok: true, book: parsed.data };
}

/** Its names are kept by every database on the way, head office's too. */
function checkText(input: unknown, report: Report): void {
  const path = unkeepableAt(input);
  if (path === undefined) return;
  report({
    path,
    code: 'bad_text',
    message: 'there is a character in it that cannot be kept: NUL, or half of a pair',
    messageZh: '含有无法保存的字符:NUL 或不完整的字符',
    remedy: 'type the text anew',
    remedyZh: '请重新输入该文字',
  });
}

function tooLong(chars: number): BookProblem {
  const most = `${BOOK_CHARS_MAX / 1_000_000}`;
  const has = (Math.ceil(chars / 100_000) / 10).toFixed(1);
  return {
    path: '',
    code: 'book_too_long',
    message: `the book has ${has} million characters as JSON; at most ${most} million travel to head office and to the stores`,
    messageZh: `配方册(JSON)共 ${has} 百万字符;与总部及门店同步最多为 ${most} 百万字符`,
    remedy: 'shorten the notes, or take out what is not used any more',
    remedyZh: '请缩短备注,或删去不再使用的内容',
  };
}

function checkSuppliers(draft: Draft, model: Model, report: Report): void {
  const references = new References(draft, model.items, model.recipes, report);
  draft.suppliers.forEach(({ list }, s) => {
    list.forEach((line, l) => {
      if (line === undefined) return;
      const path = ['suppliers', s, 'items', l] as const;
      const target = references.find(line.item, 'item', at(...path, 'item'));
      if (target !== undefined)
        positiveAmount(line.pack, target.table, at(...path, 'pack'), report);
    });
  });
}

/** A swap of something the dish does not contain would silently do nothing. */
function checkSwaps(model: Model, report: Report): void {
  for (const modifier of model.modifiers) {
    const swap = modifier.swap;
    if (swap === undefined) continue;
    const uses = (recipe: RecipeModel): boolean => usedBy(model, recipe).has(swap.from);
    const missing = [...(modifier.on ?? [])].filter((id) => {
      const recipe = model.recipes.get(id);
      return recipe !== undefined && !uses(recipe);
    });
    const nowhere = modifier.on === undefined && ![...model.recipes.values()].some(uses);
    if (missing.length > 0 || nowhere) report(noMatch(modifier, swap.from, missing));
  }
}

function noMatch(modifier: ModifierModel, from: string, missing: readonly string[]): BookProblem {
  const where = missing.length > 0 ? missing.join(', ') : 'any recipe';
  const whereZh = missing.length > 0 ? missing.join('、') : '任何配方';
  return {
    path: `${modifier.path}.swap.from`,
    code: 'swap_without_match',
    message: `"${from}" is not used by ${where}`,
    messageZh: `${whereZh}没有用到“${from}”`,
    remedy: 'name what the dish contains, or take the dish out of "on"',
    remedyZh: '请写该菜所含的用料，或从 on 中去掉该菜',
  };
}

/**
 * A dish that takes more than the ledger can hold. In floating point, and all items together: this only
 * has to be sure, and it must stay quick in a book of thousands of nested recipes.
 */
function checkOverflow(model: Model, report: Report): void {
  const perUnit = new Map<string, number>();
  const partsFirst = [...model.recipes.values()].sort(
    (a, b) => (model.rank.get(b.id) ?? 0) - (model.rank.get(a.id) ?? 0),
  );
  for (const recipe of partsFirst) {
    let total = 0;
    for (const { target, ap } of recipe.lines) total += toNumber(ap) * (perUnit.get(target) ?? 1);
    perUnit.set(recipe.id, recipe.stocked ? 1 : total / toNumber(recipe.output));
  }
  for (const recipe of model.recipes.values()) {
    const sold = (perUnit.get(recipe.id) ?? 0) * toNumber(recipe.sold);
    if (!(sold < BASE_UNITS_MAX)) report(overflow(recipe.path));
  }
}

/** A little below (2^53 - 1) / 10^6, for what floating point loses. */
const BASE_UNITS_MAX = 9_007_199_200;
