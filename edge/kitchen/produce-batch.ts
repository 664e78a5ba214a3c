/**
 * Prep (备料): a batch of something that is made ahead. What its recipe takes leaves stock first expired
 * first out; what came out is a lot with its own shelf life, whose cost is exactly what went in.
 */
import { decimalFromMicro, type Micro } from '#recipes/amount.ts';
import type { BatchProduce } from '#recipes/contracts/kitchen-command.ts';
import type { StockItem } from '#recipes/kitchen.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { makeLabelCode } from '#recipes/scan/label-code.ts';
import type { Carried, CommandContext, Refusal } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import type { Draft } from '../ledger/draft.ts';
import { lotCode } from '../ledger/lot-code.ts';
import { moneyOf } from '../ledger/money.ts';
import { movesAnswer } from '../ledger/moves-answer.ts';
import { refuse } from '../refuse.ts';
import { badQuantity } from './find-goods.ts';
import { bookAt, type InForce, isRefusal, type KitchenParts } from './kitchen-parts.ts';
import { makeLot } from './make-lot.ts';
import { takeOut } from './take-out.ts';

export function produceBatch(
  parts: KitchenParts,
  data: BatchProduce,
  context: CommandContext,
): Carried {
  const inForce = bookAt(parts, context.occurredAt);
  if (isRefusal(inForce)) return inForce;
  const made = madeItem(inForce, data.recipe);
  if (isRefusal(made)) return made;
  const expected = made.convert(data.qty);
  if (expected <= 0) return badQuantity();
  const actual = data.actual === undefined ? expected : made.convert(data.actual);
  if (actual <= 0) {
    return refuse(
      'bad_quantity',
      'actual: nothing came out; log what went in as waste instead',
      'actual:没有产出;请把投入的物料记为报损',
    );
  }
  const draft = parts.ledger.draft();
  const used = useInputs(parts, draft, inForce, data.recipe, expected);
  const at = context.occurredAt;
  const number = parts.ledger.items.number(made.id, made.unit);
  const code = data.lot ?? lotCode(parts, context, { line: 0, item: number });
  const expiresAt = expiryOf(made, data, at);
  makeLot(parts, draft, {
    line: -1,
    item: number,
    code,
    amount: actual,
    cost: used.cost,
    at,
    producedAt: at,
    expiresAt,
  });
  const { station, note, how } = data;
  const facts = { recipe: made.id, item: made.id, expected, actual, cost: used.cost, lot: code };
  const entry = { ...facts, short: used.short, station, note, how };
  const seq = appendOfCommand(
    parts,
    { kind: 'batch', note: entry, book: inForce.book },
    context,
    draft,
  );
  const label = makeLabelCode(made.id, code);
  return {
    ok: true,
    seq,
    data: {
      moves: movesAnswer(parts, draft.moves),
      cost: moneyOf(used.cost),
      lot: code,
      item: made.id,
      expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
      allergens: made.allergens,
      expected: decimalFromMicro(expected),
      actual: decimalFromMicro(actual),
      yield: (actual / expected).toFixed(3),
      labels: Array.from({ length: data.labels ?? 0 }, () => label),
      short: used.short.map(({ item, missing }) => ({ item, missing: decimalFromMicro(missing) })),
    },
  };
}

/** A stocked recipe as the thing that lies on the shelf. */
function madeItem({ kitchen }: InForce, recipe: string): StockItem | Refusal {
  const item = kitchen.items.get(recipe);
  if (item?.made) return item;
  if (kitchen.recipes.has(recipe)) {
    return refuse(
      'not_stocked',
      `recipe: "${recipe}" is made when it is sold; only recipes with "kept: stocked" are made in batches`,
      `recipe:“${recipe}”现点现做;只有 kept: stocked 的配方可以备料`,
    );
  }
  return refuse(
    'unknown_recipe',
    `recipe: there is no recipe "${recipe}" in the book`,
    `recipe:配方册中没有“${recipe}”`,
  );
}

type Used = {
  readonly cost: number | null;
  readonly short: readonly { readonly item: string; readonly missing: Micro }[];
};

function useInputs(
  parts: KitchenParts,
  draft: Draft,
  { kitchen }: InForce,
  recipe: string,
  amount: Micro,
): Used {
  let cost: number | null = null;
  const short: { item: string; missing: Micro }[] = [];
  for (const [line, take] of kitchen.batch(recipe, amount).entries()) {
    const unit = kitchen.items.get(take.item)?.unit ?? 'g';
    const item = parts.ledger.items.number(take.item, unit);
    const to = PLACES.production;
    const taken = takeOut(parts, draft, { line, item, amount: take.amount, to });
    if (taken.cost !== null) cost = (cost ?? 0) + taken.cost;
    if (taken.short > 0) short.push({ item: take.item, missing: taken.short });
  }
  return { cost, short };
}

function expiryOf(made: StockItem, data: BatchProduce, at: number): number | null {
  if (data.expiresAt !== undefined) return Date.parse(data.expiresAt);
  return made.shelfLifeMs === undefined ? null : at + made.shelfLifeMs;
}
