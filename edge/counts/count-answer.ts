/** How counts are told: moves with their codes, money with two decimals. */
import { decimalFromMicro } from '#recipes/amount.ts';
import { type Move, UNALLOCATED } from '#recipes/ledger/entry.ts';
import { placeName } from '#recipes/ledger/place.ts';
import { COST_UNIT } from '../ledger/cost-unit.ts';
import type { CountParts } from './count-parts.ts';

/** Ten-thousandths of the currency as money; null stays null. */
export function moneyOf(cost: number | null): string | null {
  return cost === null ? null : (cost / COST_UNIT).toFixed(2);
}

export function movesAnswer(
  { ledger, lots }: Pick<CountParts, 'ledger' | 'lots'>,
  moves: readonly Move[],
) {
  return moves.map(({ item, lot, from, to, amount }) => ({
    item: ledger.items.code(item),
    lot: lot === UNALLOCATED ? 'unallocated' : (lots.get(lot)?.code ?? String(lot)),
    from: placeName(from) ?? String(from),
    to: placeName(to) ?? String(to),
    amount: decimalFromMicro(amount),
    unit: ledger.items.unit(item),
  }));
}
