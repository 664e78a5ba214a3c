/** What the routes of recipes ask: the list with costs and coverage, and what selling one would take. */
import { microFromDecimal, scaleMicro } from '#recipes/amount.ts';
import type { SoldLine } from '#recipes/contracts/pos-event.ts';
import type { Kitchen, Take } from '#recipes/kitchen.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { LotStore } from '../ledger/lot-store.ts';
import { type Costs, openCosts } from '../stock/costs.ts';
import { onHand } from '../stock/levels.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import type { Knowledge } from './knowledge.ts';
import { type RecipeView, recipeViews, type Simulation, simulationView } from './recipe-view.ts';

export type RecipeReaderParts = {
  readonly ledger: LedgerReader;
  readonly lots: LotStore;
  readonly knowledge: Knowledge;
  readonly now: () => number;
  /** Millionths sold by code in so many days. */
  readonly sold: (days: number) => Promise<ReadonlyMap<string, number>>;
  /** Codes of the dish lists that the terminals sent. */
  readonly listed: () => Iterable<string>;
};

export type Sold = {
  readonly qty: string | number;
  readonly modifiers: NonNullable<SoldLine['modifiers']>;
  readonly channel: string | undefined;
};

export type RecipeReader = {
  list(): Promise<{ readonly coverage: Coverage; readonly recipes: readonly RecipeView[] }>;
  /** Undefined for a recipe that the book does not have; `unknown` names a code it does not know. */
  simulate(recipe: string, sold: Sold): Simulation | { readonly unknown: string } | undefined;
};

const COVERAGE_DAYS = 28;

export function openRecipeReader(parts: RecipeReaderParts): RecipeReader {
  const { ledger, lots, knowledge, now } = parts;
  const kitchenNow = () => knowledge.at(now())?.kitchen;
  const costs = (): Costs => openCosts({ ledger, lots, kitchen: kitchenNow });
  return {
    async list() {
      const sold = await parts.sold(COVERAGE_DAYS);
      const kitchen = kitchenNow();
      return {
        coverage: coverageOf({ knowledge, sold, listed: parts.listed(), now: now() }),
        recipes: kitchen ? recipeViews(kitchen, costs()) : [],
      };
    },
    simulate(recipe, sold) {
      const kitchen = kitchenNow();
      const answer = knowledge.simulate(recipe, sold.modifiers, sold.channel, now());
      if (!kitchen || !answer) return undefined;
      if (answer.kind === 'held') return { unknown: answer.sku };
      const qty = microFromDecimal(sold.qty);
      const each = answer.kind === 'takes' ? answer.takes : [];
      const takes = each
        .map(({ item, amount }) => ({
          item: ledger.items.code(item),
          amount: scaleMicro(amount, qty),
        }))
        .filter(({ amount }) => amount > 0);
      const meant = batchInstead(kitchen, recipe, qty) ?? takes;
      return simulationView(kitchen, costs(), meant, (item) => onHand({ ledger }, item));
    },
  };
}

/** What is made ahead and never sold by itself is simulated as a batch of so many units. */
function batchInstead(kitchen: Kitchen, recipe: string, qty: number): readonly Take[] | undefined {
  const info = kitchen.recipes.get(recipe);
  if (info?.kind !== 'sub' || info.kept !== 'stocked') return undefined;
  return kitchen.batch(recipe, scaleMicro(info.sold, qty));
}
