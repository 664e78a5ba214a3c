/** What the commands of the kitchen work with. */
import type { Kitchen } from '#recipes/kitchen.ts';
import type { Refusal } from '../commands/execute.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LotStore } from '../ledger/lot-store.ts';
import type { Knowledge } from '../recipe-book/knowledge.ts';
import { refuse } from '../refuse.ts';

export type KitchenParts = {
  readonly ledger: Ledger;
  readonly knowledge: Knowledge;
  readonly lots: LotStore;
  readonly dayOf: (at: number) => number;
};

export type InForce = { readonly kitchen: Kitchen; readonly book: number };

/** The book in force at an instant, or the refusal that says that there is none. */
export function bookAt(parts: Pick<KitchenParts, 'knowledge'>, at: number): InForce | Refusal {
  const found = parts.knowledge.at(at);
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
