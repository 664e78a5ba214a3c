/** Answers of the box about recipes, as far as the pages use them. Amounts are decimal texts. */
import type { Name } from '#recipes/words/words.ts';

export type RecipeLine = {
  readonly item?: string;
  readonly recipe?: string;
  readonly name: Name;
  readonly qty: string;
  readonly ap: string;
  readonly yield: string;
  readonly unit: string;
  readonly cost: string | null;
  readonly channel?: readonly string[];
};

export type Recipe = {
  readonly id: string;
  readonly name: Name;
  readonly sku: readonly string[];
  readonly kind: 'dish' | 'sub';
  readonly kept: 'stocked' | 'transparent';
  readonly makes: string;
  readonly sold: string;
  readonly unit: string;
  readonly price: string | null;
  readonly cost: string | null;
  /** Items whose price nobody knows. */
  readonly missing: readonly string[];
  /** Share of the price, 0 to 1. */
  readonly margin: string | null;
  readonly lines: readonly RecipeLine[];
  readonly modifiers: readonly { readonly sku: string; readonly name: Name }[];
  readonly usedBy: readonly string[];
};

export type RecipesAnswer = {
  readonly coverage: {
    readonly mapped: number;
    readonly total: number;
    readonly soldShare: number | null;
  };
  readonly recipes: readonly Recipe[];
};

export type Simulation = {
  readonly takes: readonly {
    readonly item: string;
    readonly name: Name;
    readonly qty: string;
    readonly unit: string;
    readonly onHand: string;
    readonly after: string;
  }[];
  readonly cost: string | null;
  readonly missing: readonly string[];
};

export type ListChange = {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly examples: {
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly removed: readonly string[];
  };
};

export const BOOK_PARTS = ['items', 'recipes', 'modifiers', 'suppliers'] as const;

/** What a file would change, or has changed when `version` is there. */
export type Preview = {
  readonly version?: number;
  readonly whole: boolean;
  readonly changes: Readonly<Record<(typeof BOOK_PARTS)[number], ListChange>>;
};

export type ImportProblem = {
  readonly sheet?: string;
  readonly row?: number;
  readonly column?: string | number;
  readonly path?: string;
  readonly code: string;
  readonly message: string;
  readonly messageZh: string;
  readonly remedy?: string;
  readonly remedyZh?: string;
};

/** A book that was adopted, and whose it is. */
export type BookHead = {
  readonly version: number;
  readonly validFrom: string;
  /** Version of head office that it is; null = the store's own. */
  readonly hq: number | null;
};

export type BooksAnswer = {
  readonly inForce: number | null;
  readonly next: number | null;
  readonly books: readonly BookHead[];
};
