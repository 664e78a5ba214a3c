import type { Goods, Supplier } from '../goods/digest.ts';
import { caseUnit, inBase, inUnit, looseUnit, type SaidUnit, unitsOf } from '../goods/units.ts';
import type { Line } from './delivery.ts';

/** In which unit a line that nobody ordered is said: the named one, else the case, else kg, l, pieces. */
export function lineUnit(item: string, base: string, goods: Goods, unit?: string): SaidUnit {
  const named = unitsOf(item, base, goods).find((one) => one.unit === unit);
  return named ?? caseUnit(item, base, goods) ?? looseUnit(base);
}

/** What a supplier takes for 1 of a unit, as the price that is expected; nothing when it is not known. */
export function offerPrice(
  supplier: Supplier | undefined,
  item: string,
  { per }: SaidUnit,
): Partial<Line> {
  const offer = supplier?.offers.find((one) => one.item === item);
  if (offer === undefined || offer.price === null) return {};
  const packs = inUnit(per, offer.pack);
  const price = packs === null ? null : inBase(packs, offer.price);
  return price === null ? {} : { price, priceExpected: price };
}
