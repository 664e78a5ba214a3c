/** Costs are kept in ten-thousandths of the currency. */
export const COST_UNIT = 10_000;
