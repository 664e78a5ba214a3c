/** Answers of the box about the book of head office, as far as the page uses them. */
import type { Name } from '#recipes/words/words.ts';

export type What = 'item' | 'recipe' | 'supplier' | 'supplierItem';

/** One field of one thing that this store keeps different. */
export type Override = {
  readonly what: What;
  /** Of a supplier's item: both ids with a space between. */
  readonly id: string;
  readonly field: string;
  readonly value: unknown;
  /** What head office says; null = nothing. */
  readonly hqValue: unknown;
  /** False: the book of head office does not have it; it waits for one that does. */
  readonly used: boolean;
};

export type OverridesAnswer = {
  /** Version of head office that holds; null = the book is the store's own. */
  readonly hq: number | null;
  readonly overrides: readonly Override[];
};

/** The last days under a version, worked out before it was adopted. Amounts and money are decimal texts. */
export type Rehearsal = {
  readonly days: number;
  readonly sales: number;
  readonly items: readonly {
    readonly item: string;
    readonly unit: string;
    readonly before: string;
    readonly after: string;
  }[];
  readonly changed: number;
  readonly cost: { readonly before: string; readonly after: string };
  readonly unknown: readonly { readonly sku: string; readonly qty: string }[];
  readonly unknownCount: number;
  readonly released: number;
};

/** A version that head office sent, and what became of it. */
export type SentVersion = {
  readonly version: number;
  readonly kind: string;
  readonly state: 'taken' | 'refused' | 'ignored';
  readonly receivedAt: string;
  readonly validFrom: string | null;
  readonly reason: Name | null;
  readonly rehearsal: Rehearsal | null;
};

export type SentAnswer = { readonly versions: readonly SentVersion[] };

type BookThing = { readonly id: string; readonly name?: Name | string } & Readonly<
  Record<string, unknown>
>;

/** The book in force, with what is different here. */
export type BookInForce = {
  readonly book: {
    readonly items?: readonly BookThing[];
    readonly recipes?: readonly BookThing[];
    readonly suppliers?: readonly (BookThing & {
      readonly items?: readonly ({ readonly item: string } & Readonly<Record<string, unknown>>)[];
    })[];
  };
};
