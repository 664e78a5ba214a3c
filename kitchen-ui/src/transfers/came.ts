/** What came of an incoming transfer, line by line, as somebody says it at the door. */
import { decimalFromMicro, microFromDecimal } from '#recipes/amount.ts';
import { inBase, type Typed, written } from '../parts/typed-amount.ts';
import type { SentLine, Transfer } from './transfer-types.ts';

/** By index of the line; lines that nobody touched came as they were sent. */
export type Came = Readonly<Record<number, Typed>>;

/** In base units, decimal; what only the box can convert is as typed. */
export function cameAmount(line: SentLine, typed: Typed | undefined): string | null {
  if (typed === undefined) return line.qty;
  if (typed.text === '') return '0';
  return inBase(typed, line.unit);
}

/** What came less what was sent, decimal; "0" = as sent, null = only the box knows. */
export function differenceOf(line: SentLine, typed: Typed | undefined): string | null {
  const came = cameAmount(line, typed);
  if (came === null) return null;
  return decimalFromMicro(microFromDecimal(came) - microFromDecimal(line.qty));
}

/** How many lines are not as they were sent. */
export function differing(transfer: Transfer, came: Came): number {
  return transfer.lines.filter((line, i) => differenceOf(line, came[i]) !== '0').length;
}

/** Data of the command: without lines when all came as it was sent. */
export function receiptOf(transfer: Transfer, came: Came): object {
  if (differing(transfer, came) === 0) return { transfer: transfer.transfer };
  const lines = transfer.lines.map((line, i) => {
    const { item, lot, qty, unit } = line;
    const typed = came[i];
    const difference = differenceOf(line, typed);
    const said = typed === undefined ? `${qty} ${unit}` : (written(typed) ?? '0');
    const off = difference === null || difference === '0' ? undefined : Number(difference);
    return {
      item,
      ...(lot === null ? {} : { lot }),
      qty: said,
      ...(off === undefined ? {} : { problem: off < 0 ? 'short' : 'over' }),
    };
  });
  return { transfer: transfer.transfer, lines };
}
