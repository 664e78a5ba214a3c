/** What goods between stores work with, and what the rest of the box hands over for it. */

import type { Micro } from '#recipes/amount.ts';
import type { Kitchen, StockItem } from '#recipes/kitchen.ts';
import type { Move } from '#recipes/ledger/entry.ts';
import type { Place } from '#recipes/ledger/place.ts';
import { isNumberOf } from '#recipes/transfers/number-of.ts';
import type { Refusal } from '../commands/execute.ts';
import type { Draft } from '../ledger/draft.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Lot, LotStore } from '../ledger/lot-store.ts';
import type { Knowledge } from '../recipe-book/knowledge.ts';
import { refuse } from '../refuse.ts';
import type { OutsourceStore } from './outsource-store.ts';
import type { RequisitionStore } from './requisition-store.ts';
import type { TransferStore } from './transfer-store.ts';

/** Goods that a line names: the item, its number, and the lot if one was named. */
export type FoundGoods = {
  readonly item: StockItem;
  readonly number: number;
  readonly lot?: Lot;
  /** What is left of the lot, or of the item; millionths. */
  readonly left: Micro;
};

/** What the kitchen knows of its goods; it hands these over. */
export type GoodsHands = {
  readonly find: (
    kitchen: Kitchen,
    named: { readonly item?: string | undefined; readonly lot?: string | undefined },
  ) => FoundGoods | Refusal;
  /** Takes goods out: the named lot first, then first expired first. A move and its cost for each lot. */
  readonly take: (
    draft: Draft,
    wanted: {
      readonly line: number;
      readonly item: number;
      readonly amount: Micro;
      readonly lot?: number | undefined;
      readonly to: Place;
    },
  ) => {
    readonly moves: readonly Move[];
    readonly costs: readonly (number | null)[];
    readonly short: Micro;
  };
};

/** What receipts of goods say to purchase orders; it belongs to purchasing. */
export type OrderReceipts = {
  readonly has: (order: string) => boolean;
  readonly received: (receipt: {
    readonly order: string;
    readonly entry: number;
    readonly lines: readonly { readonly item: string; readonly qty: Micro }[];
    readonly close: boolean;
  }) => unknown;
};

/** Everything that transfers, requisitions and jobs outside work with. */
export type TransferParts = {
  /** This store. */
  readonly store: string;
  readonly ledger: Ledger;
  readonly knowledge: Knowledge;
  readonly lots: LotStore;
  readonly dayOf: (at: number) => number;
  readonly goods: GoodsHands;
  readonly orders: OrderReceipts;
  readonly transfers: TransferStore;
  readonly requisitions: RequisitionStore;
  readonly jobs: OutsourceStore;
  /** Numbers of a day begin after this one, so that two lives of this box seldom give out the same. */
  readonly numbersAfter: () => number;
};

/** The book in force at an instant, or the refusal that says that there is none. */
export function bookAt(
  { knowledge }: Pick<TransferParts, 'knowledge'>,
  at: number,
): { readonly kitchen: Kitchen; readonly book: number } | Refusal {
  const found = knowledge.at(at);
  if (found) return { kitchen: found.kitchen, book: found.version.version };
  return refuse(
    'no_book',
    'there is no recipe book yet; import one first',
    '还没有配方册;请先导入',
  );
}

/** Whether something is a refusal: handlers hand them up as they are. */
export function isRefusal(value: object): value is Refusal {
  return 'ok' in value && value.ok === false;
}

/** Goods go to another store, not to the one they are in. */
export function ownStore(field: string, store: string): Refusal {
  return refuse(
    'own_store',
    `${field}: "${store}" is this store; name another`,
    `${field}:“${store}”就是本店;请填写其他门店`,
  );
}

/** The refusal of a number that another store could mean: `TR-s1-20261123-001` is of s1. */
export function badNumber(
  field: string,
  kind: string,
  store: string,
  id: string,
): Refusal | undefined {
  if (isNumberOf(kind, store, id)) return undefined;
  const form = `${kind}-${store}-YYYYMMDD-NNN`;
  return refuse(
    'bad_number',
    `${field}: "${id}" is no number of this store; write ${form}, or leave it out`,
    `${field}:“${id}”不是本店编号;请写 ${form},或留空`,
  );
}

/** The refusal of a number that is in use. */
export function numberExists(field: string, id: string): Refusal {
  return refuse(
    'number_exists',
    `${field}: there is a "${id}" already; leave the number out and the box gives one`,
    `${field}:“${id}”已存在;留空则由主机编号`,
  );
}
