/**
 * What stands on each kind of paper, as plain JSON. The shapes follow the wire, so that an answer of
 * `GET /suggestions` or `GET /orders/{id}` can be laid down as it is. Amounts are decimal text in the
 * item's base unit, money is decimal text, instants are RFC 3339 in any offset: they are shown in the
 * store's time zone. Names may hold any characters at all; the paper shows what it can.
 */
import type { Name } from '../words/words.ts';
import type { Columns, SlipLanguage } from './slip.ts';

/** The paper that is asked for. */
export type SlipForm = { readonly columns: Columns; readonly language: SlipLanguage };

/** Who prints: stands on top of every paper. */
export type SlipStore = {
  readonly id: string;
  readonly name: Name;
  /** IANA name: "Asia/Shanghai". */
  readonly timeZone: string;
  readonly address?: string | null;
  /** Who takes deliveries, with telephone and hours as the store writes them. */
  readonly receiver?: string | null;
};

/** RFC 3339 with offset or Z. */
export type Instant = string;
/** Calendar day "2026-11-22". */
export type Day = string;

export type SuggestionSlipData = {
  readonly store: SlipStore;
  /** Business day it was made on. */
  readonly day: Day;
  /** Day of the delivery. */
  readonly for: Day;
  readonly printedAt: Instant;
  readonly currency: string;
  /** Expected guests or dishes sold, and the same weekday's a week ago. */
  readonly covers?: { readonly expected: number; readonly lastWeek: number | null } | null;
  readonly suppliers: readonly SuggestionSlipSupplier[];
};

export type SuggestionSlipSupplier = {
  readonly supplier: string;
  readonly name: Name;
  readonly arrivesAt: Instant | null;
  readonly coverUntil: Instant | null;
  readonly cutOff: Instant | null;
  readonly pastCutOff: boolean;
  /** Money; null = any amount. */
  readonly minimumOrder: string | null;
  readonly belowMinimum: boolean;
  readonly subtotal: string | null;
  readonly lines: readonly SuggestionSlipLine[];
};

/** Amounts of the sum are printed in full, so that it can be worked out again on the paper. */
export type SuggestionSlipLine = {
  readonly item: string;
  readonly name: Name;
  readonly unit: string;
  readonly onHand: string;
  /** What of it counts; less than `onHand` when some expires first. */
  readonly usable: string;
  readonly need: string;
  readonly onOrder: string;
  /** A pack as the book writes it: "2 kg", "1 tray". */
  readonly packText: string;
  readonly packs: number;
  readonly quantity: string;
  /** As `SuggestionFlag`; those that the paper has no mark for are left out. */
  readonly flags: readonly string[];
  /** One short line (`purchasing/why.ts`). */
  readonly why: Name;
};

export type OrderSlipData = {
  readonly store: SlipStore;
  /** "PO-20261123-014": also the text of its QR code. */
  readonly order: string;
  readonly revision: number;
  readonly state: string;
  readonly supplier: string;
  readonly supplierName: Name;
  /** Telephone or e-mail of the supplier. */
  readonly supplierContact?: string | null;
  readonly deliverOn: Day | null;
  readonly arrivesAt: Instant | null;
  readonly cutOff: Instant | null;
  readonly currency: string;
  readonly lines: readonly OrderSlipLine[];
  /** Money; null = not every price is known. */
  readonly total: string | null;
  readonly note: string | null;
  readonly approved: { readonly by: string | null; readonly at: Instant } | null;
  /** Channel: chain, print, email, webhook, chat, hand, wecom, dingtalk, feishu. */
  readonly sent: { readonly channel: string; readonly at: Instant } | null;
  readonly printedAt: Instant;
};

export type OrderSlipLine = {
  readonly item: string;
  readonly name: Name;
  readonly unit: string;
  /** In the base unit. */
  readonly ordered: string;
  /** One pack as the supplier sells it ("2 kg", "1 tray") and in the base unit. */
  readonly pack: string;
  readonly packAmount: string;
  /** Money per pack. */
  readonly price: string | null;
  readonly amount: string | null;
  /** °C at the door. */
  readonly maxTemperature?: string | null;
  readonly note?: string | null;
};

/** What was done to what lies in the box: it decides the headings of the dates. */
export type LabelVariant =
  /** Made here. */
  | 'prep'
  /** Bought, as it came. */
  | 'received'
  | 'opened'
  | 'thawed'
  | 'frozen'
  | 'offcut'
  /** Kept for the inspector. */
  | 'sample';

export type LabelSlipData = {
  readonly store: SlipStore;
  readonly variant: LabelVariant;
  /** Text of the QR code (`recipes/scan/label-code.ts`). */
  readonly code: string;
  readonly item: string;
  readonly name: Name;
  readonly lot: string;
  readonly qty: string;
  readonly unit: string;
  /** Box 2 of 4. */
  readonly box?: { readonly n: number; readonly of: number } | null;
  /** Made, received, cut or taken. */
  readonly madeAt: Instant | null;
  readonly readyAt?: Instant | null;
  /** Opened, thawed or frozen. */
  readonly openedAt: Instant | null;
  readonly expiresAt: Instant | null;
  /** How to keep it: "0-4 ℃". */
  readonly storage?: Name | null;
  /** How long it keeps once opened, hours. */
  readonly onceOpenedHours?: number | null;
  /** Allergen ids (`allergen.milk` in the words) or plain names. */
  readonly allergens: readonly string[];
  readonly by: string | null;
  readonly recipe?: { readonly id: string; readonly version: string | number | null } | null;
  /** Offcut: what it was cut from. */
  readonly from?: { readonly name: Name; readonly lot: string } | null;
};

export type WasteSlipData = {
  readonly store: SlipStore;
  readonly day: Day;
  readonly printedAt: Instant;
  readonly currency: string;
  /** By reason, the dearest first. Several quantities where units differ. */
  readonly rows: readonly WasteSlipRow[];
  readonly trim: {
    readonly entries: number;
    readonly quantities: readonly SlipQuantity[];
    readonly cost: string | null;
    readonly recovered: { readonly quantities: readonly SlipQuantity[]; readonly cost: string };
  } | null;
  /** Waste and trim less what was recovered. */
  readonly net: string | null;
  /** Of the day's sales, 0.013 = 1.3 %. */
  readonly share: number | null;
  readonly yesterday: number | null;
  readonly lastWeek: number | null;
  /** Worth of what counts found missing and nobody logged; null = nothing was counted. */
  readonly unlogged: string | null;
};

export type WasteSlipRow = {
  /** As in `reason.overproduced`. */
  readonly reason: string;
  readonly entries: number;
  readonly quantities: readonly SlipQuantity[];
  readonly cost: string | null;
};

export type SlipQuantity = { readonly qty: string; readonly unit: string };

/** Goods for another store. */
export type TransferSlipData = {
  readonly store: SlipStore;
  /** "TR-ck1-20261123-001": also the text of its QR code. */
  readonly transfer: string;
  readonly state: string;
  readonly from: { readonly id: string; readonly name: Name };
  readonly to: { readonly id: string; readonly name: Name };
  readonly at: Instant;
  readonly requisition: string | null;
  readonly note: string | null;
  readonly lines: readonly TransferSlipLine[];
};

/** One lot. */
export type TransferSlipLine = {
  readonly item: string;
  readonly name: Name;
  readonly qty: string;
  readonly unit: string;
  readonly lot: string | null;
  readonly expiresAt: Instant | null;
};

export type SelfTestSlipData = {
  readonly store: SlipStore;
  readonly printer: string;
  readonly url: string;
  readonly chinese: 'gb18030' | 'image';
  readonly printedAt: Instant;
};
