/** What counting works with. */
import type { Ledger } from '../ledger/ledger.ts';
import type { LotStore } from '../ledger/lot-store.ts';
import type { Knowledge } from '../recipe-book/knowledge.ts';
import type { CountStore } from './count-store.ts';

export type CountParts = {
  readonly ledger: Ledger;
  readonly knowledge: Knowledge;
  readonly lots: LotStore;
  readonly counts: CountStore;
  readonly dayOf: (at: number) => number;
  readonly now: () => number;
};
