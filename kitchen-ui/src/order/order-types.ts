import type { Rounding } from '#recipes/purchasing/round-packs.ts';
import type { SuggestionFlag } from '#recipes/purchasing/suggestion-types.ts';
import type { Name } from '#recipes/words/words.ts';

/**
 * What the box suggests for a delivery day, field by field as the pages use it. Amounts are decimal
 * texts in the item's base unit, money decimal texts, days `2026-11-23`, moments RFC 3339.
 */
export type Suggestions = {
  /** The delivery day. */
  readonly for: string;
  readonly madeAt: string;
  /** Business day it was made on. */
  readonly day: string;
  readonly currency: string;
  /** What the calendar knows of the delivery day. */
  readonly special: { readonly key: string; readonly name: Name | string } | null;
  readonly notes: readonly DayNote[];
  readonly accuracy: {
    /** Error of the forecast, and of what managers ordered; null = not known. */
    readonly wape: number | string | null;
    readonly ordered: number | string | null;
    readonly days: number;
    /** Items with too little history. */
    readonly lowConfidence: number;
  };
  readonly suppliers: readonly SuggestedSupplier[];
  /** The next delivery of every supplier, the soonest cut-off first. */
  readonly upcoming?: readonly {
    readonly supplier: string;
    readonly name: Name | string;
    readonly deliverOn: string;
    readonly cutOff: string;
  }[];
};

export type DayNoteKind = 'closed' | 'half' | 'event' | 'promotion' | 'weather';

export type DayNote = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: DayNoteKind;
  /** Of an event the factor: "1.2". */
  readonly value: string | number | null;
  readonly reason: string | null;
};

export type Channel = 'chain' | 'print' | 'email' | 'webhook' | 'chat' | 'hand';

export type SuggestedSupplier = {
  readonly supplier: string;
  readonly name: Name | string;
  readonly arrivesAt: string;
  readonly coverUntil: string;
  readonly cutOff: string | null;
  readonly pastCutOff: boolean;
  readonly minimumOrder: string | null;
  readonly belowMinimum: boolean;
  readonly contact: { readonly phone?: string | null; readonly email?: string | null } | null;
  readonly send: readonly Channel[];
  readonly subtotal: string;
  /** Orders that are there already for this delivery day. */
  readonly orders: readonly { readonly order: string; readonly state: string }[];
  readonly lines: readonly SuggestedLine[];
};

export type CoverPart = {
  readonly date: string;
  /** Part of the day that falls into the cover. */
  readonly share: string | number;
  /** What of the day is needed; the parts add up to the need of the sum. */
  readonly need?: string;
  /** Of the whole day. */
  readonly mean: string;
  readonly low: string;
  readonly high: string;
};

export type SuggestedLine = {
  readonly item: string;
  readonly name: Name | string;
  readonly category: string | null;
  readonly unit: string;
  /** One pack as the supplier sells it, and in the base unit. */
  readonly packText: string;
  readonly packAmount: string;
  readonly rounding: Rounding;
  /** Money per pack; null = not known. */
  readonly price: string | null;
  readonly need: string;
  readonly needHigh: string;
  readonly safety: string;
  readonly serviceLevel: string | number;
  readonly onHand: string;
  readonly expiring: string;
  /** Part of the need that comes before the delivery and nothing can serve. */
  readonly lost?: string;
  /** Offcuts and surplus that are used up in its place. */
  readonly replacing?: string;
  readonly usable: string;
  readonly onOrder: string;
  readonly missing: string;
  /** Most that may come, and why. */
  readonly cap?: string | null;
  readonly capBy?: 'max' | 'shelf_life' | null;
  /** Packs it was raised to for the supplier's minimum. */
  readonly raisedTo?: number | null;
  readonly packs: number;
  readonly quantity: string;
  readonly amount: string | null;
  readonly par: string | null;
  readonly max: string | null;
  readonly days: readonly CoverPart[];
  readonly method: string;
  readonly wape: number | string | null;
  readonly lowConfidence: boolean;
  readonly flags: readonly (SuggestionFlag | string)[];
  readonly lastsUntil: string | null;
  /** The last same weekdays. */
  readonly past: readonly { readonly date: string; readonly used: string }[];
  /** The dishes that cause most of the need. */
  readonly dishes: readonly {
    readonly recipe: string;
    readonly name: Name | string;
    readonly portions: string | number;
    readonly amount: string;
  }[];
  readonly why: Name;
};

/** A purchase order with all that the box says of it. */
export type OrderFull = {
  readonly order: string;
  readonly supplier: string;
  readonly supplierName: Name | string;
  readonly state: string;
  readonly deliverOn: string | null;
  readonly note: string | null;
  readonly revision?: number;
  readonly createdAt?: string | null;
  readonly arrivesAt?: string | null;
  readonly cutOff?: string | null;
  readonly total?: string | null;
  readonly currency?: string;
  readonly contact?: { readonly phone?: string | null; readonly email?: string | null } | null;
  readonly send?: readonly Channel[];
  readonly history?: readonly OrderPast[];
  readonly sendings?: readonly Sending[];
  readonly duplicates?: readonly string[];
  readonly lines: readonly OrderLineFull[];
};

export type OrderPast = {
  readonly step: string;
  readonly at: string;
  readonly actor: string | null;
  readonly detail: Name | string | null;
};

export type Sending = {
  readonly id: string | number;
  readonly channel: Channel | string;
  readonly target: string | null;
  readonly state: 'waiting' | 'sent' | 'failed' | string;
  readonly at: string | null;
  readonly attempts: number;
  readonly error: Name | string | null;
};

export type OrderLineFull = {
  readonly item: string;
  readonly name: Name | string;
  readonly ordered: string;
  readonly received: string;
  readonly unit: string;
  readonly written: string;
  readonly pack: string;
  readonly packAmount: string;
  readonly price: string | null;
  readonly packs?: number | string | null;
  readonly suggested?: string | null;
  readonly amount?: string | null;
};
