/** What a delivered line cost. */
import type { DeliveryReceive } from '#recipes/contracts/kitchen-command.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import { parseQuantity } from '#recipes/quantity.ts';
import {
  div,
  mul,
  type Rational,
  rational,
  rationalFromDecimal,
  rationalFromMicro,
  roundHalfEven,
} from '#recipes/rational.ts';
import { COST_UNIT } from '../ledger/money.ts';

export type DeliveryLine = DeliveryReceive['lines'][number];

/**
 * Its price is per 1 of the unit that its quantity is written in; without a price, the supplier's price
 * per pack counts, and without a supplier the one of the only supplier that offers it. Ten-thousandths
 * of the currency; null when nothing is known.
 */
export function deliveryCost(
  kitchen: Kitchen,
  supplier: string | undefined,
  said: DeliveryLine,
  amount: number,
): number | null {
  if (said.price !== undefined) {
    const written = parseQuantity(String(said.qty));
    return written.ok ? toCost(mul(written.value, rationalFromDecimal(said.price))) : null;
  }
  const offer = offerOf(kitchen, supplier, said.item);
  if (offer?.price === undefined) return null;
  const packs = div(rationalFromMicro(amount), rationalFromMicro(offer.pack));
  return toCost(mul(packs, rationalFromDecimal(offer.price)));
}

function offerOf(kitchen: Kitchen, supplier: string | undefined, item: string) {
  if (supplier !== undefined) {
    return kitchen.suppliers.get(supplier)?.items.find((offer) => offer.item === item);
  }
  const offers = [...kitchen.suppliers.values()].flatMap(({ items }) =>
    items.filter((offer) => offer.item === item),
  );
  return offers.length === 1 ? offers[0] : undefined;
}

function toCost(money: Rational): number | null {
  const cost = Number(roundHalfEven(mul(money, rational(BigInt(COST_UNIT)))));
  return Number.isSafeInteger(cost) ? cost : null;
}
