/** The answers of head office, as far as the board uses them. */
export type Words = { readonly zh: string; readonly en: string };

/** ok: head office has what the store has. late: it is behind. silent: nothing is heard. */
export type StoreState = 'ok' | 'late' | 'silent' | 'never';

export type StoreRow = {
  readonly store: string;
  readonly name: Words;
  readonly role: 'store' | 'kitchen';
  readonly state: StoreState;
  /** For how long the oldest entry that is not here has been missing; 0 = all are; null = never heard. */
  readonly lagMs: number | null;
  /** Null: never heard of. */
  readonly seenAt: string | null;
  readonly seq: number;
  readonly headSeq: number;
  /** Balances that differ between the store and head office; null = not compared yet. */
  readonly differences: number | null;
  readonly comparedAt: string | null;
  readonly twoBoxes: boolean;
  readonly lives: number;
  /** What waits for a person in the store's inbox. */
  readonly open: number;
  /** The business day that is now in the store: the figures are of it. */
  readonly day: string;
  /** IANA name; null: not known. */
  readonly timezone: string | null;
  readonly sales: number;
  readonly wasteEntries: number;
  /** Money; null where a price is missing. */
  readonly waste: string | null;
  readonly ordersWaiting: number;
  readonly alarms: readonly string[];
  readonly catalog: {
    readonly head: number;
    readonly taken: number;
    readonly refused: number;
    readonly waiting: number;
  };
};

export type ChainFigures = {
  readonly stores: number;
  readonly sales: number;
  readonly waste: string | null;
  readonly ordersWaiting: number;
  readonly inTransit: number;
  readonly differences: number;
  readonly late: number;
  /** Of the money above; null where the stores have none or several. */
  readonly currency?: string | null;
};

export type StoresAnswer = {
  readonly now: string;
  readonly stores: readonly StoreRow[];
  readonly chain: ChainFigures;
};

export type TickerRow = {
  readonly id: number;
  readonly store: string;
  readonly at: string;
  readonly kind: string;
  readonly seq: number | null;
  readonly zh: string;
  readonly en: string;
};

export type StockState = 'ok' | 'low' | 'out' | 'over';

export type Name = { readonly zh?: string; readonly en?: string };

export type MoveRow = {
  readonly item: string;
  readonly name: Name;
  readonly lot: string | null;
  readonly from: string;
  readonly to: string;
  /** Decimal text in `unit`. */
  readonly amount: string;
  readonly unit: string;
};

export type EntryRow = {
  readonly store: string;
  /** Number of the life of the store that wrote it. */
  readonly life: number;
  readonly seq: number;
  readonly kind: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly day: string;
  readonly actor: string | null;
  readonly reverses: number | null;
  readonly words: Words;
  /** Money; null where nothing is known. */
  readonly cost: string | null;
  readonly moves: readonly MoveRow[];
};

export type EntriesAnswer = {
  readonly entries: readonly EntryRow[];
  /** Given back as `cursor`; null = there are no older ones. */
  readonly next: string | null;
};

/** An item of one store; levels are null where its book is silent. */
export type StockItem = {
  readonly item: string;
  readonly name: Name;
  readonly unit: string;
  readonly onHand: string;
  readonly par: string | null;
  readonly safety: string | null;
  readonly max: string | null;
  readonly state: StockState;
  readonly value: string | null;
  readonly lots: readonly {
    readonly lot: string;
    readonly onHand: string;
    readonly expiresAt: string | null;
  }[];
};

export type StoreStock = {
  readonly store: string;
  readonly currency?: string;
  readonly value?: string | null;
  readonly items: readonly StockItem[];
};

/** An item over the chain, with what each store has of it. */
export type ChainItem = {
  readonly item: string;
  readonly name: Name;
  readonly unit: string;
  readonly onHand: string;
  readonly value: string | null;
  readonly stores: readonly {
    readonly store: string;
    readonly onHand: string;
    readonly par: string | null;
    readonly state: StockState;
  }[];
};

export type ChainStock = {
  readonly items: readonly ChainItem[];
  /** Stores whose database does not answer now: they are not in the sums. */
  readonly away: readonly string[];
};

/** A life of a store: one box, or what a restored backup or a copy went on as. */
export type LifeRow = {
  readonly life: number;
  readonly incarnation: string;
  readonly state: 'main' | 'second' | 'sealed';
  readonly parent: number | null;
  /** It has its parent's entries up to here. */
  readonly forkSeq: number | null;
  readonly why: string | null;
  readonly since: string;
  readonly seenAt: string;
  readonly seq: number;
  readonly headSeq: number;
  readonly differences: number | null;
};

/** A balance of the store that is not what head office has. Amounts in millionths. */
export type DifferingRow = {
  readonly item: string | number;
  readonly place: number;
  readonly lot: number;
  readonly hq: number;
  readonly box: number;
};

export type StoreDetail = StoreRow & {
  readonly opens: string | null;
  readonly closes: string | null;
  readonly version: string | null;
  readonly livesList: readonly LifeRow[];
  readonly differing: readonly DifferingRow[];
};
