/** Reads the lines of a delivery and refuses what must not come through the door. */
import { microFromDecimal } from '#recipes/amount.ts';
import type { DeliveryReceive } from '#recipes/contracts/kitchen-command.ts';
import type { Kitchen, StockItem } from '#recipes/kitchen.ts';
import type { Refusal } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';
import { type DeliveryLine, deliveryCost } from './delivery-cost.ts';
import { badQuantity, unknownItem } from './find-goods.ts';
import { isRefusal } from './kitchen-parts.ts';

export type ReadLine = {
  readonly item: StockItem;
  /** What goes on the shelf, millionths; 0 when all of it went back. */
  readonly amount: number;
  /** Of the whole line, ten-thousandths; null = not known. */
  readonly cost: number | null;
  readonly said: DeliveryLine;
};

export function readDelivery(kitchen: Kitchen, data: DeliveryReceive): ReadLine[] | Refusal {
  const lines: ReadLine[] = [];
  for (const [i, said] of data.lines.entries()) {
    const line = readLine(kitchen, data, said, `lines[${i}]`);
    if (isRefusal(line)) return line;
    lines.push(line);
  }
  return lines;
}

function readLine(
  kitchen: Kitchen,
  data: DeliveryReceive,
  said: DeliveryLine,
  path: string,
): ReadLine | Refusal {
  const item = kitchen.items.get(said.item);
  if (!item) return unknownItem(said.item, `${path}.item`);
  const written = item.convert(said.qty);
  const refused = said.refused === undefined ? 0 : item.convert(said.refused);
  if (written < 0 || (written === 0 && refused <= 0)) return badQuantity(`${path}.qty`);
  const warm = written === 0 ? undefined : tooWarm(item, said, data.release, path);
  if (warm) return warm;
  const amount = said.weight === undefined ? written : item.convert(said.weight);
  if (amount <= 0 && written > 0) return badQuantity(`${path}.weight`);
  const cost = written === 0 ? null : deliveryCost(kitchen, data.supplier, said, amount);
  return { item, amount: written === 0 ? 0 : amount, cost, said };
}

/** Goods that must come cold are weighed, measured, and only a manager lets warm ones in. */
function tooWarm(
  item: StockItem,
  said: DeliveryLine,
  release: string | undefined,
  path: string,
): Refusal | undefined {
  const most = item.maxTemperature;
  if (most === undefined) return undefined;
  const where = `${path}.temperature`;
  if (said.temperature === undefined) {
    return refuse(
      'temperature_needed',
      `${where}: measure ${item.id}; it may have at most ${most} °C`,
      `${where}:请测量 ${item.id} 的温度;最高 ${most} ℃`,
    );
  }
  if (microFromDecimal(said.temperature) <= microFromDecimal(most) || release !== undefined) {
    return undefined;
  }
  return refuse(
    'too_warm',
    `${where}: ${item.id} has ${said.temperature} °C, at most ${most} °C is safe; refuse it, or a manager releases it with a reason`,
    `${where}:${item.id} ${said.temperature} ℃,上限 ${most} ℃;请拒收,或由经理填写原因放行`,
  );
}
