/** What head office says of the versions that go down to the stores. */
/** A version that was sent down, and how many of its stores have dealt with it. */
export type CatalogHead = {
  readonly version: number;
  readonly kind: string;
  /** Null = every store. */
  readonly stores: readonly string[] | null;
  /** Null = as soon as it arrives. */
  readonly validFrom: string | null;
  readonly publishedAt: string;
  readonly actor: string | null;
  readonly note: string | null;
  readonly rollbackOf: number | null;
  readonly adoption: {
    readonly stores: number;
    readonly taken: number;
    readonly refused: number;
    readonly waiting: number;
  };
};

export type CatalogAnswer = {
  readonly versions: readonly CatalogHead[];
  /** Given back as `before`; null = there are no older ones. */
  readonly next: number | null;
};

/** What became of a version in one store. */
export type AdoptionRow = {
  readonly store: string;
  readonly state: string;
  readonly at: string | null;
  readonly detail: Readonly<Record<string, unknown>> | null;
};

export type AdoptionAnswer = { readonly version: number; readonly stores: readonly AdoptionRow[] };

/** One mistake of a book: where, what, and what to do about it. */
export type BookProblem = {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly messageZh: string;
  readonly remedy?: string;
  readonly remedyZh?: string;
  readonly line?: number;
  readonly column?: number;
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

/** What a book would change in the one that was published before. */
export type BookChanges = {
  readonly comparedWith: number | null;
  readonly items: ListChange;
  readonly recipes: ListChange;
  readonly modifiers: ListChange;
  readonly suppliers: ListChange;
  readonly prices: readonly {
    readonly what: string;
    readonly id: string;
    readonly supplier?: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  readonly priceCount: number;
};

/** A book that starts later. */
export type PlannedBook = {
  readonly version: number;
  readonly validFrom: string | null;
  readonly note: string | null;
};

export type Rehearsed = {
  readonly version?: number;
  readonly validFrom: string | null;
  readonly changes: BookChanges;
  readonly planned: readonly PlannedBook[];
};
