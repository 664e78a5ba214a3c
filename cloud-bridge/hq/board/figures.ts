/**
 * Sums over a chain go beyond what a number holds exactly, so they are whole millionths and
 * ten-thousandths as `bigint`, and decimal text on the wire.
 */

/** Costs are kept in ten-thousandths of the currency, as in the box. */
const COST_UNIT = 10_000n;
const MICRO = 1_000_000n;
const CENT = 100n;

/** Shortest plain decimal of millionths: "4200.5", "-0.4", "0". */
export function amountText(micro: bigint): string {
  const size = micro < 0n ? -micro : micro;
  const sign = micro < 0n ? '-' : '';
  const fraction = size % MICRO;
  const whole = `${sign}${size / MICRO}`;
  if (fraction === 0n) return whole;
  return `${whole}.${fraction.toString().padStart(6, '0').replace(/0+$/, '')}`;
}

/** Ten-thousandths as money with two decimals, half to even; null (nothing is known) stays null. */
export function moneyText(cost: bigint): string;
export function moneyText(cost: bigint | null): string | null;
export function moneyText(cost: bigint | null): string | null {
  if (cost === null) return null;
  const cents = divideHalfEven(cost * CENT, COST_UNIT);
  const size = cents < 0n ? -cents : cents;
  const rest = (size % CENT).toString().padStart(2, '0');
  return `${cents < 0n ? '-' : ''}${size / CENT}.${rest}`;
}

/** The sum of what is known; null when nothing is. */
export function addKnown(sum: bigint | null, cost: bigint | null): bigint | null {
  return cost === null ? sum : (sum ?? 0n) + cost;
}

/** A whole number of a note (millionths, ten-thousandths); null when it is none. */
export function wholeOf(value: unknown): bigint | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : null;
}

/** A share with three decimals; null of nothing. */
export function shareText(part: bigint, whole: bigint): string | null {
  return whole === 0n ? null : (Number(part) / Number(whole)).toFixed(3);
}

/** @param by more than 0 */
export function divideHalfEven(value: bigint, by: bigint): bigint {
  const size = value < 0n ? -value : value;
  const floor = size / by;
  const twice = (size % by) * 2n;
  const up = twice > by || (twice === by && floor % 2n === 1n);
  const rounded = up ? floor + 1n : floor;
  return value < 0n ? -rounded : rounded;
}
