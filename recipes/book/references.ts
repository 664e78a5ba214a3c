/** Finds what an id or an amount in the book refers to, and reports what it does not find. */
import { nearest } from '../nearest.ts';
import { isZero, microFromRational, type Rational } from '../rational.ts';
import { toBase, type UnitTable } from '../units.ts';
import type { Draft } from './draft.ts';
import type { Target } from './model.ts';
import { amountProblem, type Report } from './problem.ts';

/** What a reference may name. */
export type Kind = 'item' | 'recipe' | 'either';

export class References {
  readonly #draft: Draft;
  readonly #items: ReadonlyMap<string, Target>;
  readonly #recipes: ReadonlyMap<string, Target>;
  readonly #report: Report;
  /** Looking for a near id reads all of them: in a hopeless book only the first ones get a remedy. */
  #guessesLeft = 300;

  constructor(
    draft: Draft,
    items: ReadonlyMap<string, Target>,
    recipes: ReadonlyMap<string, Target>,
    report: Report,
  ) {
    this.#draft = draft;
    this.#items = items;
    this.#recipes = recipes;
    this.#report = report;
  }

  /** The target, or undefined when there is none (reported) or it is itself broken (already reported). */
  find(id: string, kind: Kind, path: string): Target | undefined {
    if (!this.has(id, kind)) {
      this.#unknown(id, kind, path);
      return undefined;
    }
    const item = kind === 'recipe' ? undefined : this.#items.get(id);
    return item ?? (kind === 'item' ? undefined : this.#recipes.get(id));
  }

  /** Whether the document has an entry with this id, broken or not. */
  has(id: string, kind: Kind): boolean {
    const isItem = kind !== 'recipe' && this.#draft.itemIds.has(id);
    return isItem || (kind !== 'item' && this.#draft.recipeIds.has(id));
  }

  #unknown(id: string, kind: Kind, path: string): void {
    const other = this.has(id, 'either');
    const meant = other || this.#guessesLeft-- <= 0 ? undefined : nearest(id, this.#ids(kind));
    const isRecipe = kind === 'recipe';
    const what = kind === 'either' ? 'item or recipe' : kind;
    const whatZh = kind === 'either' ? '物料或配方' : isRecipe ? '配方' : '物料';
    let remedy =
      meant === undefined
        ? `add it under ${isRecipe ? 'recipes' : 'items'}`
        : `did you mean "${meant}"?`;
    let remedyZh =
      meant === undefined ? `请在 ${isRecipe ? 'recipes' : 'items'} 中添加` : `是否为“${meant}”？`;
    if (other) {
      remedy = `"${id}" is ${isRecipe ? 'an item' : 'a recipe'}: write ${isRecipe ? 'item' : 'recipe'}: ${id}`;
      remedyZh = `“${id}”是${isRecipe ? '物料' : '配方'}，请写 ${isRecipe ? 'item' : 'recipe'}: ${id}`;
    }
    this.#report({
      path,
      code: 'unknown_reference',
      message: `there is no ${what} "${id}"`,
      messageZh: `没有${whatZh}“${id}”`,
      remedy,
      remedyZh,
    });
  }

  *#ids(kind: Kind): Iterable<string> {
    if (kind !== 'recipe') yield* this.#draft.itemIds;
    if (kind !== 'item') yield* this.#draft.recipeIds;
  }
}

/** An amount above 0 (or from 0 on, with `zero`) in base units; undefined when it was reported. */
export function positiveAmount(
  amount: string | number,
  table: UnitTable,
  path: string,
  report: Report,
  zero = false,
): Rational | undefined {
  const converted = toBase(amount, table);
  if (!converted.ok) {
    report(amountProblem(path, converted.problem));
    return undefined;
  }
  if (!zero && isZero(converted.value)) {
    report({
      path,
      code: 'not_positive',
      message: `the amount ${amount} is not above 0`,
      messageZh: `数量 ${amount} 必须大于 0`,
      remedy: 'write an amount above 0, or remove the entry',
      remedyZh: '请写大于 0 的数量，或删除该条',
    });
    return undefined;
  }
  if (tooLarge(converted.value)) {
    report({
      path,
      code: 'too_large',
      message: `the amount ${amount} is larger than the ledger can hold`,
      messageZh: `数量 ${amount} 超过账本上限`,
      remedy: 'check the number and its unit',
      remedyZh: '请检查数字和单位',
    });
    return undefined;
  }
  return converted.value;
}

/** Whether base units do not fit into 2^53 - 1 millionths. */
export function tooLarge(value: Rational): boolean {
  try {
    microFromRational(value);
    return false;
  } catch (cause) {
    if (cause instanceof RangeError) return true;
    throw cause;
  }
}
