import { decimalFromMicro, type Micro, microFromDecimal } from '../amount.ts';

/** Millionths of the currency of `packs` packs at a decimal price; exact. @throws AmountOverflow */
export function costOfPacks(price: string, packs: number): Micro {
  return checkedSum(microFromDecimal(price) * packs);
}

/** "496.00": at least two decimals, more where the price has them. */
export function moneyText(money: Micro): string {
  const text = decimalFromMicro(money);
  const [whole = '0', fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

function checkedSum(money: number): Micro {
  if (!Number.isSafeInteger(money)) throw new RangeError('too large an amount of money');
  return money;
}
