/**
 * One number for all balances of a store, the same at both ends of the wire when every balance is.
 *
 * It is linear: the sum of weight(item, place, lot) × amount, modulo 2^128, where a weight is a fixed
 * mixture of its key. So an end that only knows what changed can keep it up to date, and the other
 * can work it out from the balances themselves: two ways to one number. Two states that differ in one
 * balance by less than 2^53 agree with a probability below 2^-75. It finds accidents; against
 * tampering there is the chain of hashes.
 */

const MASK = (1n << 128n) - 1n;
const LOW = (1n << 64n) - 1n;
const LOT_BITS = 44n;
const PLACE_BITS = 4n;

/** Adds up balances, or changes of balances, in any order. Starts at the digest of nothing. */
export class StateDigest {
  #sum: bigint;

  /** @param from a digest in hex to go on from */
  constructor(from = '0') {
    this.#sum = BigInt(`0x${from}`);
  }

  /**
   * @param item number of the item, up to 2^20
   * @param place number of the place, 0 to 15
   * @param lot number of the lot, up to 2^44; 0 in every place but stock
   * @param amount millionths, or how much they changed
   */
  add(item: number, place: number, lot: number, amount: number | bigint): void {
    this.#sum = (this.#sum + balanceWeight(item, place, lot) * BigInt(amount)) & MASK;
  }

  /** 32 lower-case hex digits. */
  hex(): string {
    return this.#sum.toString(16).padStart(32, '0');
  }
}

/** The weight of one balance: 128 bits, two splitmix64 outputs of its key. */
export function balanceWeight(item: number, place: number, lot: number): bigint {
  const own = weights.get(lot * 0x1_0000 + place) ?? remember(lot * 0x1_0000 + place);
  const known = own.get(item);
  if (known !== undefined) return known;
  const key = (((BigInt(item) << PLACE_BITS) | BigInt(place)) << LOT_BITS) | BigInt(lot);
  const weight = (mix(key) << 64n) | mix(key ^ 0x9e3779b97f4a7c15n);
  own.set(item, weight);
  return weight;
}

/** Kept, because the same balances change all day; dropped when there are too many of them. */
const WEIGHTS_MAX = 20_000;
const weights = new Map<number, Map<number, bigint>>();

function remember(key: number): Map<number, bigint> {
  if (weights.size >= WEIGHTS_MAX) weights.clear();
  const own = new Map<number, bigint>();
  weights.set(key, own);
  return own;
}

/** splitmix64 (Steele, Lea and Flood, 2014). */
function mix(value: bigint): bigint {
  let z = (value + 0x9e3779b97f4a7c15n) & LOW;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & LOW;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & LOW;
  return z ^ (z >> 31n);
}
