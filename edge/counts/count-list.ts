/** What is worth counting now: the items whose book may be wrong by the most money. */
import { decimalFromMicro, MICRO } from '#recipes/amount.ts';
import type { Words } from '#recipes/contracts/command.ts';
import { WHOLE_ITEM } from '#recipes/counts/observed.ts';
import { decidingTargets } from '#recipes/counts/standing.ts';
import { type CountWorth, countWorth } from '#recipes/counts/worth.ts';
import type { Kitchen, StockItem } from '#recipes/kitchen.ts';
import { COST_UNIT } from '../ledger/money.ts';
import { readCountNote } from './count-note.ts';
import type { CountParts } from './count-parts.ts';
import { usedEver } from './post-count.ts';

export type CountListQuery = { readonly limit: number; readonly place?: string | undefined };

/** @returns the items with the highest score first, and every place with how many items it has */
export function countList(parts: CountParts, { limit, place }: CountListQuery) {
  const kitchen = parts.knowledge.at(parts.now())?.kitchen;
  const items = [...(kitchen?.items.values() ?? [])];
  const places = new Map<string, number>();
  for (const { station } of items) {
    if (station !== undefined) places.set(station, (places.get(station) ?? 0) + 1);
  }
  const scored = items
    .filter((item) => place === undefined || item.station === place)
    .map((item) => ({ item, ...worthOf(parts, kitchen, item) }))
    .sort((a, b) => b.score - a.score || b.uncertain - a.uncertain);
  return {
    items: scored.slice(0, limit).map(({ item, ...worth }) => ({
      item: item.id,
      name: item.name,
      place: item.station ?? null,
      unit: item.unit,
      why: whyOf(item, worth),
      score: worth.score.toFixed(2),
      uncertain: decimalFromMicro(Math.round(worth.uncertain)),
      lastCountedAt: worth.last === null ? null : new Date(worth.last).toISOString(),
    })),
    places: [...places].map(([name, count]) => ({ place: name, items: count })),
  };
}

type Known = CountWorth & {
  readonly last: number | null;
  readonly used: number;
  readonly onHand: number;
  readonly days: number;
};

function worthOf(parts: CountParts, kitchen: Kitchen | undefined, item: StockItem): Known {
  const number = parts.ledger.items.find(item.id);
  const unitCost = unitCostOf(parts, kitchen, item, number);
  const onHand = number === undefined ? 0 : parts.ledger.shelf.onHand(number);
  const last = number === undefined ? undefined : lastWhole(parts, number);
  const ever = number === undefined ? 0 : usedEver(parts, number);
  const used = ever - (last?.used ?? 0);
  const age = last === undefined ? null : parts.now() - last.at;
  const worth = countWorth({ unitCost, onHand, used, age });
  const days = Math.floor((age ?? 0) / DAY_MS);
  return { ...worth, last: last?.at ?? null, used, onHand, days };
}

const DAY_MS = 86_400_000;

/** The newest count of the item, and what had left it by then. */
function lastWhole({ counts, ledger }: CountParts, item: number) {
  const rows = counts.countedOf(item).filter(({ entry }) => counts.stands(entry));
  const last = decidingTargets(rows).at(-1);
  if (last === undefined) return undefined;
  const code = ledger.items.code(item);
  const line = readCountNote(counts.head(last.entry)?.note ?? null).lines.find(
    (one) => one.item === code && (one.lotNumber ?? WHOLE_ITEM) === last.lot,
  );
  return { at: last.at, used: line?.used ?? 0 };
}

/** Ten-thousandths for 1 base unit: by the newest lot with a cost, else by the first supplier's price. */
function unitCostOf(
  { counts }: CountParts,
  kitchen: Kitchen | undefined,
  item: StockItem,
  number: number | undefined,
): number | null {
  const basis = number === undefined ? undefined : counts.costBasis(number);
  if (basis !== undefined) return (basis.cost * MICRO) / basis.amount;
  for (const supplier of kitchen?.suppliers.values() ?? []) {
    const offer = supplier.items.find((one) => one.item === item.id);
    if (offer?.price === undefined) continue;
    return (Number(offer.price) * COST_UNIT * MICRO) / offer.pack;
  }
  return null;
}

function whyOf({ unit }: StockItem, { why, used, onHand, days }: Known): Words {
  const amount = (micro: number) => `${decimalFromMicro(Math.round(micro))} ${unit}`;
  switch (why) {
    case 'negative':
      return {
        en: `the book says ${amount(onHand)}`,
        zh: `账面为 ${amount(onHand)}`,
      };
    case 'never':
      return { en: 'never counted', zh: '从未盘点' };
    case 'used':
      return {
        en: `${amount(used)} used since the last count`,
        zh: `上次盘点后已用 ${amount(used)}`,
      };
    case 'old':
      return { en: `not counted for ${days} days`, zh: `${days} 天未盘点` };
  }
}
