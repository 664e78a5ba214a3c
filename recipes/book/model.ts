/** A book as numbers: every amount an exact fraction in a base unit, every reference resolved. */
import type { Rational } from '../rational.ts';
import type { BaseUnit } from '../unit-words.ts';
import type { UnitTable } from '../units.ts';

/** What a line can name: an item, or the output of a recipe. */
export type Target = {
  readonly base: BaseUnit;
  readonly table: UnitTable;
  readonly yield: Rational;
};

/** One ingredient. */
export type Line = {
  readonly target: string;
  /** What goes into the pot, in the target's base unit. */
  readonly ep: Rational;
  /** What leaves stock for it: EP / yield. */
  readonly ap: Rational;
  /** Taken only in these channels; undefined: always. */
  readonly channels: ReadonlySet<string> | undefined;
};

export type RecipeModel = Target & {
  readonly id: string;
  readonly path: string;
  readonly stocked: boolean;
  /** Base units that one run of the lines gives: makes × yield. */
  readonly output: Rational;
  /** Base units in 1 sold unit. */
  readonly sold: Rational;
  readonly lines: readonly Line[];
};

export type SwapModel = {
  readonly from: string;
  readonly to: string;
  /** `to` that leaves stock per 1 of the dish; undefined: what `from` was, times `factor`. */
  readonly qty: Rational | undefined;
  /** Base units of `to` that leave stock per base unit of `from` that went into the pot. */
  readonly factor: Rational;
};

export type ModifierModel = {
  readonly skus: readonly string[];
  readonly on: ReadonlySet<string> | undefined;
  readonly remove: readonly string[];
  readonly scale: Rational | undefined;
  readonly swap: SwapModel | undefined;
  readonly lines: readonly Line[];
  readonly path: string;
};

export type Model = {
  readonly items: ReadonlyMap<string, Target>;
  readonly recipes: ReadonlyMap<string, RecipeModel>;
  readonly modifiers: readonly ModifierModel[];
  /** Recipes with every parent before its parts: the order in which demand is passed down. */
  readonly rank: ReadonlyMap<string, number>;
};

/** An entry that may be one value or a list of them. */
export function asList<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
