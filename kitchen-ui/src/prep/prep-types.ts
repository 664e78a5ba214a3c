import type { Name } from '#recipes/words/words.ts';

/** One of `GET /prep`: something made ahead, and how much of it to make. Amounts in base units. */
export type Batch = {
  readonly recipe: string;
  readonly name: Name | string;
  readonly item: string;
  readonly onHand: string;
  readonly expiresAt: string | null;
  /** "0" when nothing is needed. */
  readonly suggested: string;
  readonly suggestedText: Name | string;
  readonly unit: string;
  /** What one run gives, and how many are suggested. */
  readonly makes: string;
  readonly run: number;
  readonly why: Name | string;
  readonly done: { readonly qty: string; readonly at: string } | null;
  readonly short: readonly Missing[];
  /** For what is suggested, else for one run. */
  readonly inputs: readonly Input[];
  readonly allergens: readonly string[];
  readonly shelfLifeMs: number | null;
};

export type Missing = { readonly item: string; readonly missing: string };

export type Input = {
  readonly item: string;
  readonly name: Name | string;
  readonly qty: string;
  readonly unit: string;
};

/** What a batch takes of one item, lot by lot in the order of use. */
export type Taken = {
  readonly item: string;
  readonly amount: string;
  readonly unit: string;
  /** Empty when the lots are not known: offline. */
  readonly lots: readonly { readonly lot: string; readonly amount: string }[];
  /** What is not there; "0" when all of it is. */
  readonly missing: string;
};

/** The answer of the box to `batch.produce`, as far as the screen reads it. */
export type BatchAnswer = {
  readonly moves: readonly {
    readonly item: string;
    readonly lot: string;
    readonly from: string;
    readonly to: string;
    readonly amount: string;
    readonly unit: string;
  }[];
  readonly cost: string | null;
  readonly lot: string;
  readonly item: string;
  readonly expiresAt: string | null;
  readonly actual: string;
  readonly short: readonly Missing[];
};
