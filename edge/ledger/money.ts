/** Money of the ledger: costs are kept in ten-thousandths of the currency. */

export const COST_UNIT = 10_000;

/** A cost as money with two decimals; null (nothing is known) stays null. */
export function moneyOf(cost: number): string;
export function moneyOf(cost: number | null): string | null;
export function moneyOf(cost: number | null): string | null {
  return cost === null ? null : (cost / COST_UNIT).toFixed(2);
}
