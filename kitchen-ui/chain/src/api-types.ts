/** The answers of head office, as far as the board uses them. */
export type Words = { readonly zh: string; readonly en: string };

/** ok: head office has what the store has. late: it is behind. silent: nothing is heard. */
export type StoreState = 'ok' | 'late' | 'silent' | 'never';

export type StoreRow = {
  readonly store: string;
  readonly name: Words;
  readonly role: 'store' | 'kitchen';
  readonly state: StoreState;
  /** How old the oldest entry is that head office does not have; 0 = it has all. */
  readonly lagMs: number;
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
  /** Business day that the figures are of; null before the first entry. */
  readonly day: string | null;
  readonly sales: number;
  readonly wasteEntries: number;
  /** Money; null where a price is missing. */
  readonly waste: string | null;
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
