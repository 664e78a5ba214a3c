/**
 * What to order of an item for the next delivery, and of everything that one supplier brings.
 *
 * The sum: what is needed until the delivery after this one is on the shelf, with safety, minus what is
 * there and will not spoil first, minus what is on order. The safety is the newsvendor's: enough for the
 * wanted service level, less where the rest would rather spoil (see order-size.ts).
 */
import type { Micro } from '../amount.ts';
import { assert } from '../assert.ts';
import { type Cover, coverOf, needOfDay } from './cover.ts';
import { amountWithin, probabilityWithin } from './demand-spread.ts';
import { grainOf, partsOnGrain, toGrain } from './grain.ts';
import type { ItemPlan } from './item-plan.ts';
import { raiseToMinimum } from './minimum-order.ts';
import { costOfPacks, moneyText } from './money-text.ts';
import { type OrderSize, orderSizeOf } from './order-size.ts';
import { assertSum, recompute } from './recompute.ts';
import { roundPacks } from './round-packs.ts';
import { runDown, type Shelf } from './shelf.ts';
import type { SuggestInput, SupplierTerms } from './suggest-input.ts';
import type {
  CoverDay,
  SuggestionFlag,
  SuggestionLine,
  SuggestionSum,
  SupplierSuggestion,
} from './suggestion-types.ts';

/**
 * The suggested line of one item. Pure and deterministic.
 * An input that contradicts itself (days with holes, a forecast that ends too early) is a `Bug`.
 */
export function suggestItem(input: SuggestInput): SuggestionLine {
  return planItem(input).line;
}

/**
 * The lines of one supplier's delivery, in the order given. When they stay below its minimum, those that
 * are cheapest to hold are raised to it, within shelf life and room, if that costs less than going
 * without the delivery; else `belowMinimum` says so and a person decides.
 */
export function suggestSupplier(
  inputs: readonly SuggestInput[],
  terms: SupplierTerms,
): SupplierSuggestion {
  return raiseToMinimum(inputs.map(planItem), terms);
}

/**
 * The line of one item with what more or less of it would cost: for a caller who works out a supplier's
 * items one at a time and then hands them to `raiseToMinimum`.
 */
export function planItem(input: SuggestInput): ItemPlan {
  assert(input.pack > 0, `${input.item}: a pack holds more than nothing`);
  const cover = coverOf(input);
  const shelf = runDown(input, cover);
  const size = orderSizeOf(input, cover);
  const grain = grainOf(input.pack);
  const needs = partsOnGrain(cover.days.map(needOfDay), grain);
  const days = cover.days.map((day, i) => ({ ...day, need: needs[i] ?? 0 }));
  // By par only where the book has one: else what little is known says more than nothing.
  const basis = input.lowConfidence && input.par > 0 ? 'par' : 'forecast';
  const wanted = basis === 'par' ? byPar(input, grain) : byForecast(cover, shelf, size, grain);
  const there = stockOnGrain(shelf, basis, grain);
  const sum = finish(input, size, shelf, { ...wanted, ...there, ...eventOf(days, grain) });
  const line: SuggestionLine = {
    item: input.item,
    basis,
    sum,
    days,
    method: basis === 'par' ? 'par' : input.method,
    wape: input.wape,
    flags: flagsOf(input, shelf, sum),
    lastsUntil: shelf.lastsUntil,
    useFirst: shelf.useFirst,
    offcuts: [...new Set(input.substitutes.map(({ item }) => item))].sort(),
    amount: input.price === null ? null : moneyText(costOfPacks(input.price, sum.packs)),
  };
  assertSum(line);
  return {
    line,
    price: input.price,
    room: roomPacks(input, shelf),
    ...costsOf(input, shelf, size),
  };
}

type Wanted = { readonly need: Micro; readonly safety: Micro };
type There = Pick<
  SuggestionSum,
  'lost' | 'onHand' | 'expiring' | 'replacing' | 'usable' | 'onOrder'
>;

/** Order up to par; the order point is the part of it that is not meant to be used. */
function byPar({ par, safety }: SuggestInput, grain: Micro): Wanted {
  const [kept = 0, used = 0] = partsOnGrain(
    [Math.min(safety, par), par - Math.min(safety, par)],
    grain,
  );
  return { need: used, safety: kept };
}

function byForecast(cover: Cover, shelf: Shelf, size: OrderSize, grain: Micro): Wanted {
  const exact = cover.days.reduce((all, day) => all + needOfDay(day), 0);
  const need = toGrain(exact, grain);
  const safety = Math.max(0, size.target - exact);
  const served = inHand(shelf);
  const missing = exact + safety - served;
  // The safety is an estimate: it takes what the rounding of the others leaves over, so that a little
  // more on the shelf can never order a pack more.
  // Of what lasts for months too little is missing to show on the grain: an empty shelf asks all the same.
  const least = toGrain(served, grain) === 0 ? grain : 0;
  const exactSafety = Math.max(least, toGrain(missing, grain)) - need + toGrain(served, grain);
  if (missing <= 0)
    return {
      need,
      safety: Math.max(0, Math.min(toGrain(safety, grain), toGrain(served, grain) - need)),
    };
  return { need, safety: Math.max(0, exactSafety) };
}

/** What meets the need without this order; millionths. */
function inHand({ usable, replacing, onOrder, lost }: Shelf): Micro {
  return usable + replacing + onOrder + lost;
}

function stockOnGrain(shelf: Shelf, basis: SuggestionLine['basis'], grain: Micro): There {
  const [own = 0, replacing = 0, onOrder = 0, lost = 0] = partsOnGrain(
    [shelf.usable, shelf.replacing, shelf.onOrder, shelf.lost],
    grain,
  );
  const onHand = toGrain(shelf.onHand, grain);
  return {
    lost: basis === 'par' ? 0 : lost,
    onHand,
    expiring: onHand - own,
    replacing,
    usable: own + replacing,
    onOrder,
  };
}

function eventOf(days: readonly CoverDay[], grain: Micro): { event: Micro } {
  const extra = days.reduce((all, { share, extra }) => all + Math.max(0, share * extra), 0);
  return { event: toGrain(extra, grain) };
}

/** Adds up, rounds to packs, and caps by room and by shelf life. */
function finish(
  input: SuggestInput,
  size: OrderSize,
  shelf: Shelf,
  given: Wanted & There & { readonly event: Micro },
): SuggestionSum {
  const { pack, rounding } = input;
  const grain = grainOf(pack);
  const missing = Math.max(
    0,
    given.need - given.lost + given.safety - given.usable - given.onOrder,
  );
  const asked = roundPacks(missing, pack, rounding);
  const room = roomPacks(input, shelf);
  // What little is known of an item ordered by par does not say when it spoils.
  const keeps = input.lowConfidence ? Infinity : size.cheapestPacks(inHand(shelf));
  const most = Math.min(room, keeps);
  const capped = most < asked;
  const sum: SuggestionSum = {
    ...given,
    needHigh: Math.max(given.need, toGrain(amountWithin(size.demand, HIGH), grain)),
    serviceLevel: levelOf(size, given.need + given.safety),
    missing,
    pack,
    grain,
    rounding,
    cap: capped ? most * pack : null,
    capBy: capped ? (room <= keeps ? 'max' : 'shelf_life') : null,
    raisedTo: null,
    packs: 0,
    quantity: 0,
  };
  const { packs, quantity } = recompute(sum);
  return { ...sum, packs, quantity };
}

const HIGH = 0.9;
const SURE = 0.9999;

function levelOf({ demand }: OrderSize, have: Micro): number {
  return Math.min(SURE, Math.max(1 - SURE, probabilityWithin(demand, have)));
}

/** Packs that there is room for when the delivery comes. */
function roomPacks({ max, pack }: SuggestInput, { carried }: Shelf): number {
  return max === 0 ? Infinity : Math.floor(Math.max(0, max - carried) / pack);
}

function flagsOf(input: SuggestInput, shelf: Shelf, sum: SuggestionSum): SuggestionFlag[] {
  const { lastsUntil, useFirst } = shelf;
  const said: [SuggestionFlag, boolean][] = [
    ['low', lastsUntil !== null && lastsUntil < input.arrivesAt],
    ['use_first', useFirst !== null],
    ['low_confidence', input.lowConfidence],
    ['capped_by_max', sum.capBy === 'max'],
    ['capped_by_shelf_life', sum.capBy === 'shelf_life'],
    ['offcut', input.substitutes.some(({ amount }) => amount > 0)],
    ['event', sum.event > 0],
  ];
  return said.flatMap(([flag, holds]) => (holds ? [flag] : []));
}

function costsOf(
  { pack }: SuggestInput,
  shelf: Shelf,
  size: OrderSize,
): Pick<ItemPlan, 'cost' | 'spoiled' | 'left'> {
  const have = inHand(shelf);
  return {
    cost: (packs) => size.cost(have + packs * pack),
    spoiled: (packs) => size.spoiled(have + packs * pack),
    left: (packs) => size.left(have + packs * pack),
  };
}
