import type { DeliveryReceive } from '#recipes/contracts/kitchen-command.ts';
import { compareAmounts, tidy } from '../goods/units.ts';
import { dayEnd, dayStart } from './calendar.ts';
import { type Delivery, isSaid, isShort, type Line, temperatureOf } from './delivery.ts';

/** Why a line cannot be taken in as it stands. */
export type Obstacle = {
  readonly key: string;
  readonly why: 'temperature' | 'too_warm';
  /** °C at most, and as measured. */
  readonly most: string;
  readonly measured: string;
};

/** What stands in the way of the goods that stay: the only hard stop. `limits`: °C by item. */
export function obstacles(
  delivery: Delivery,
  limits: ReadonlyMap<string, string>,
): readonly Obstacle[] {
  return delivery.lines.flatMap((line): Obstacle[] => {
    const most = limits.get(line.item);
    if (most === undefined || compareAmounts(line.qty, '0') <= 0) return [];
    const measured = temperatureOf(delivery, line);
    if (!isNumber(measured)) return [{ key: line.key, why: 'temperature', most, measured }];
    if (Number(measured) <= Number(most)) return [];
    return [{ key: line.key, why: 'too_warm', most, measured }];
  });
}

/** Lines that are sent. */
export function saidLines(delivery: Delivery): readonly Line[] {
  return delivery.lines.filter(isSaid);
}

/** Something of the order is missing with this delivery: it stays open, or it is closed. */
export function leavesOpen(delivery: Delivery): boolean {
  return (
    delivery.order !== null &&
    delivery.lines.some((line) => line.expected !== null && (line.qty === '' || isShort(line)))
  );
}

/** The data of `delivery.receive`. `limits`: °C by item; only those lines carry a temperature. */
export function receiptOf(
  delivery: Delivery,
  limits: ReadonlyMap<string, string>,
  timezone: string,
  how: { readonly taps: number; readonly ms: number },
): DeliveryReceive {
  const { order, supplier, release } = delivery;
  return {
    ...(supplier === null ? {} : { supplier }),
    ...(order === null ? {} : { order }),
    lines: saidLines(delivery).map((line) => ({
      ...goodsOf(line),
      ...datesOf(line, timezone),
      ...(limits.has(line.item) ? warmth(temperatureOf(delivery, line)) : {}),
      ...(line.expected === null ? {} : { ordered: written(line.expected, line) }),
      ...(line.problem === null ? {} : { problem: line.problem }),
      ...(line.substituteFor === undefined ? {} : { substituteFor: line.substituteFor }),
      ...(compareAmounts(line.refused, '0') > 0 ? { refused: written(line.refused, line) } : {}),
    })),
    ...(delivery.close && leavesOpen(delivery) ? { close: true } : {}),
    ...(release === null ? {} : { release }),
    how: { taps: Math.min(how.taps, 1_000), ms: Math.max(0, Math.min(how.ms, 86_400_000)) },
  };
}

/**
 * The same goods as a question about their prices alone, for a dry run: no order, no temperature that
 * could be refused. Null when no line has a price.
 */
export function priceQuestion(
  delivery: Delivery,
  limits: ReadonlyMap<string, string>,
): DeliveryReceive | null {
  const lines = delivery.lines.filter(
    (line) => compareAmounts(line.qty, '0') > 0 && isNumber(line.price),
  );
  if (lines.length === 0) return null;
  return {
    ...(delivery.supplier === null ? {} : { supplier: delivery.supplier }),
    lines: lines.map((line) => ({ ...goodsOf(line), ...warmth(limits.get(line.item) ?? '') })),
  };
}

function goodsOf(line: Line) {
  return {
    item: line.item,
    qty: written(line.qty === '' ? '0' : line.qty, line),
    ...(line.lot.trim() === '' ? {} : { lot: line.lot.trim() }),
    ...(isNumber(line.price) ? { price: tidy(line.price) } : {}),
    ...(compareAmounts(line.weight, '0') > 0 ? { weight: line.weight } : {}),
  };
}

function datesOf(line: Line, timezone: string) {
  const produced = dayStart(line.producedOn, timezone);
  const expires = dayEnd(line.expiresOn, timezone);
  return {
    ...(produced === null ? {} : { producedAt: produced }),
    ...(expires === null ? {} : { expiresAt: expires }),
  };
}

function warmth(temperature: string) {
  return isNumber(temperature) ? { temperature: tidy(temperature) } : {};
}

/** "4 pack"; a base unit is said, too, so that nobody has to know which it is. */
function written(qty: string, line: Line): string {
  return `${tidy(qty)} ${line.unit}`;
}

function isNumber(text: string): boolean {
  return /^-?\d*\.?\d+$|^-?\d+\.$/.test(text);
}
