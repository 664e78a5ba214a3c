/** Sets what the box holds beside what it must hold; every difference becomes one sentence. */
import { ITEMS, type Item } from './kitchen.ts';
import type { Holdings, LarderFile } from './larder-file.ts';
import { type Expected, toMillionths } from './oracle.ts';

/**
 * The file's moves and balances and the answer of `GET /stock`, all against the oracle.
 * @param received millionths of each item that came in.
 */
export function compareHoldings(
  file: LarderFile,
  expected: Expected,
  received: Readonly<Record<Item, bigint>>,
  stockShown: unknown,
): string[] {
  const wanted = withInferredPrep(
    Object.fromEntries(
      ITEMS.map((item) => {
        const { sold, waste, comp } = expected[item];
        return [item, { stock: received[item] - sold - waste - comp, sold, waste, comp }];
      }),
    ) as Holdings,
  );
  return [
    ...compareTwo('moves', file.moves, 'oracle', wanted),
    ...compareTwo('balances', file.balances, 'oracle', wanted),
    ...compareShown(stockShown, wanted),
  ];
}

/** Marinated eggs that were sold and never logged were made all the same: of one egg each. */
function withInferredPrep(holdings: Holdings): Holdings {
  const made = holdings['marinated-egg'];
  if (made.stock >= 0n) return holdings;
  const egg = { ...holdings.egg, stock: holdings.egg.stock + made.stock };
  return { ...holdings, egg, 'marinated-egg': { ...made, stock: 0n } };
}

/** Two larders place by place. */
export function compareTwo(one: string, left: Holdings, other: string, right: Holdings): string[] {
  const found: string[] = [];
  for (const item of ITEMS) {
    for (const place of ['stock', 'sold', 'waste', 'comp'] as const) {
      const [a, b] = [left[item][place], right[item][place]];
      if (a !== b) found.push(`${item} ${place}: ${one} ${a}, ${other} ${b}, difference ${a - b}`);
    }
  }
  return found;
}

function compareShown(stockShown: unknown, wanted: Holdings): string[] {
  const { items } = stockShown as { items: { item: string; onHand: string }[] };
  const shown = new Map(items.map(({ item, onHand }) => [item, onHand]));
  return ITEMS.flatMap((item) => {
    const onHand = shown.get(item);
    const stock = wanted[item].stock;
    if (onHand === undefined && stock === 0n) return [];
    if (onHand !== undefined && toMillionths(onHand) === stock) return [];
    return [`${item}: GET /stock says ${onHand}, the oracle ${stock} millionths`];
  });
}
