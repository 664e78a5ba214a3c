/**
 * The places of the ledger. A move takes an amount from one place to another, so per item all places
 * always add up to zero: what is in the larder came from a supplier, what was sold left it.
 *
 * The numbers are stored in every move and hashed: never reuse or renumber one.
 */
export const PLACES = {
  /** The larder: the only place whose lots have balances of their own. */
  stock: 1,
  supplier: 2,
  sold: 3,
  waste: 4,
  trim: 5,
  comp: 6,
  staff: 7,
  production: 8,
  adjust: 9,
  transit: 10,
  /** Passed through when a receipt settles what was sold before it arrived; always nets to zero. */
  settle: 11,
  /** With somebody outside who works on it; still ours. */
  processor: 12,
} as const;

export type PlaceName = keyof typeof PLACES;
export type Place = (typeof PLACES)[PlaceName];

/** The name of a stored place number; undefined for a number this version does not know. */
export function placeName(place: number): PlaceName | undefined {
  return NAMES.get(place);
}

const NAMES = new Map<number, PlaceName>(
  Object.entries(PLACES).map(([name, number]) => [number, name as PlaceName]),
);
