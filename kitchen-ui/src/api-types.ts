import type { Name } from '#recipes/words/words.ts';
import type { Subject } from './inbox/inbox-types.ts';

/**
 * The answers of the box that the pages read, field by field as they use them. Amounts are decimal
 * texts in the item's base unit, times RFC 3339. The pages read tolerantly: an unknown status or kind
 * is shown as it is, so these are open unions where the box may learn new words.
 */
export type Level = 'ok' | 'low' | 'out';

export type Terminal = {
  readonly terminal: string;
  readonly state: 'ready' | 'lost' | 'silent';
  readonly lastEventAt: string | null;
};

export type Status = {
  readonly store: string;
  readonly name?: Name | string | null;
  readonly demo: boolean;
  /** Of the simulated POS: 0 is paused. Only in the demo. */
  readonly speed?: number;
  readonly businessDay: string;
  readonly timezone: string;
  readonly now: string;
  readonly currency: string;
  readonly terminals: readonly Terminal[];
  readonly events: number;
  readonly sales: number;
  readonly seq: number;
  /** Whether a head office listens, and how far it has confirmed the ledger. */
  readonly hq?: {
    readonly configured: boolean;
    readonly ackedSeq: number | null;
    readonly ackedAt?: string | null;
    /** Age of the oldest entry that it does not have, milliseconds; null = nobody waits for it. */
    readonly lagMs?: number | null;
    /** What this box is to it: main = the store. */
    readonly state?: string | null;
    /** Balances that differ there; null = not compared. */
    readonly differences?: number | null;
  };
  readonly setup?: { readonly done: boolean };
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The business day so far. */
  readonly today?: {
    readonly sales: number;
    readonly waste: { readonly entries: number; readonly cost: string };
  };
};

/** Somebody who works here. */
export type Person = {
  readonly user: string;
  readonly name: string;
  readonly role: string;
  readonly hasPin?: boolean;
  readonly hasBadge?: boolean;
};

/** What the box gives for a PIN or a badge: a few minutes of a manager's rights on this tablet. */
export type Pass = {
  readonly pass: string;
  readonly user: string;
  readonly role: string;
  readonly expiresAt: string;
};

/** What pairing gives a tablet. */
export type Paired = {
  readonly token: string;
  readonly device: string;
  readonly name: string;
  readonly station: string | null;
};

/** What is usually logged now at this station; amounts in base units, by item. */
export type Tiles = {
  readonly items: readonly string[];
  readonly dishes: readonly string[];
  readonly amounts: Readonly<Record<string, readonly string[]>>;
  readonly lastTargets?: Readonly<Record<string, string>>;
};

export type Lot = {
  readonly lot: string;
  readonly onHand: string;
  readonly expiresAt: string | null;
  readonly opened?: boolean;
  readonly receivedAt?: string | null;
  readonly id?: number;
};

export type StockItem = {
  readonly item: string;
  readonly name: Name | string;
  readonly category?: string | null;
  readonly onHand: string;
  readonly unit: string;
  readonly state: Level;
  readonly safety?: string | null;
  readonly lots: readonly Lot[];
  readonly value?: string | null;
  /** When it runs out at the present pace; null when nothing can be said. */
  readonly until?: string | null;
  /** Pinyin and initials, lower case: `wuhuarou whr`. */
  readonly search?: string;
  readonly station?: string | null;
  /** Made here by a recipe. */
  readonly made?: boolean;
  readonly allergens?: readonly string[];
  readonly barcodes?: readonly string[];
  /** Its own units, as the book calls them: `pack`. */
  readonly units?: readonly string[];
  /** °C at the door. */
  readonly maxTemperature?: string | null;
  /** Money per base unit. */
  readonly unitCost?: string | null;
};

export type Move = {
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
  readonly item: string;
  readonly lot: string | null;
  readonly from: string;
  readonly to: string;
  readonly amount: string;
  readonly document?: { readonly kind: string; readonly id: string; readonly sku?: string } | null;
};

export type SaleLine = {
  readonly lineId: string;
  readonly sku: string;
  readonly name?: Name | string | null;
  readonly qty: string;
  readonly state: string;
  readonly modifiers?: readonly {
    readonly sku: string;
    readonly name?: string;
    readonly qty?: string | number;
  }[];
  /** How many of `qty` were taken back. */
  readonly voided?: string;
  /** Only in the answer for one sale. */
  readonly took?: readonly Took[];
};

export type Took = {
  readonly item: string;
  readonly lot: string | null;
  readonly amount: string;
  readonly unit: string;
  /** Where it went: `sold`, or after a void `waste` or `comp`. */
  readonly to?: string;
};

export type Sale = {
  readonly saleId: string;
  readonly terminal: string;
  readonly at: string;
  readonly receivedAt: string | null;
  readonly status: string;
  readonly channel?: string | null;
  readonly lines: readonly SaleLine[];
};

export type Dish = {
  readonly sku: string;
  readonly recipe: string;
  readonly name: Name | string;
  /** Portions left; null when nothing limits the dish. */
  readonly sellable: number | null;
  readonly state: Level;
  readonly blocking: string | null;
  readonly until?: string | null;
  readonly search?: string;
};

export type CommandBody = { readonly kind: string; readonly data: unknown };

export type InboxAction = { readonly label: Name; readonly command: CommandBody };

export type InboxItem = {
  readonly id: string;
  readonly kind: string;
  readonly severity: 'act' | 'watch';
  readonly since: string;
  readonly title: Name;
  readonly detail?: Name | null;
  readonly subject?: Subject | null;
  readonly actions?: readonly InboxAction[];
};

export type BookRecipe = {
  readonly id: string;
  readonly name?: Name | string | null;
  readonly sku?: readonly string[] | string | null;
};

export type BookAnswer = {
  readonly version: number | string;
  readonly validFrom: string;
  readonly book: { readonly recipes?: readonly BookRecipe[] };
};

export type Command = CommandBody & {
  readonly id: string;
  readonly at: string;
  readonly offsetMs?: number;
  readonly actor?: string;
};

export type CommandResult = {
  readonly id: string;
  readonly status: 'applied' | 'duplicate' | 'conflict' | 'rejected';
  readonly seq?: number;
  readonly code?: string;
  readonly message?: Name | string;
  /** What the command answers beyond that; each kind its own, see `recipes/contracts`. */
  readonly data?: unknown;
};

/** What the stream says has changed since the last `change`. */
export type Change = {
  readonly seq: number;
  readonly items?: readonly string[];
  readonly sales?: readonly string[];
  readonly inbox?: boolean;
  readonly menu?: boolean;
  /** Kitchen entries happened: last actions, counts, prep. */
  readonly entries?: boolean;
  /** Orders changed, or what is suggested. */
  readonly orders?: boolean;
};
