/** Takes what is named out of the larder, to another place of ours: one line for each lot that gives something. */
import { decimalFromMicro, type Micro } from '#recipes/amount.ts';
import type { GoodsLine } from '#recipes/contracts/transfer-command.ts';
import type { SentLine } from '#recipes/contracts/transfer-note.ts';
import type { Kitchen, StockItem } from '#recipes/kitchen.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import type { Place } from '#recipes/ledger/place.ts';
import type { Refusal } from '../commands/execute.ts';
import type { Draft } from '../ledger/draft.ts';
import { refuse } from '../refuse.ts';
import { isRefusal, type TransferParts } from './transfer-parts.ts';

/** A line that was read: what to take, and of which lot first. */
type Wanted = {
  readonly item: StockItem;
  readonly number: number;
  readonly lot: number | undefined;
  readonly amount: Micro;
};

/** What left the larder. */
export type TakenGoods = {
  /** In the order of the moves, one for each. */
  readonly lines: readonly SentLine[];
  /** By line, millionths. */
  readonly amounts: readonly Micro[];
  /** Ten-thousandths; null = no part of it has a known cost. */
  readonly cost: number | null;
  /** What no lot could give. */
  readonly short: readonly { readonly item: string; readonly missing: string }[];
};

/** Reads all lines before the first move, so that a refusal leaves nothing behind. */
export function takeGoods(
  parts: TransferParts,
  draft: Draft,
  kitchen: Kitchen,
  said: readonly GoodsLine[],
  to: Place,
): TakenGoods | Refusal {
  const wanted: Wanted[] = [];
  for (const [i, line] of said.entries()) {
    const read = readLine(parts, kitchen, line, `lines[${i}]`);
    if (isRefusal(read)) return read;
    wanted.push(read);
  }
  const lines: SentLine[] = [];
  const amounts: Micro[] = [];
  const short: { item: string; missing: string }[] = [];
  let cost: number | null = null;
  for (const { item, number, lot, amount } of wanted) {
    const taken = parts.goods.take(draft, { line: lines.length, item: number, amount, lot, to });
    for (const [i, move] of taken.moves.entries()) {
      const worth = taken.costs[i] ?? null;
      if (worth !== null) cost = (cost ?? 0) + worth;
      amounts.push(move.amount);
      lines.push({
        item: item.id,
        name: item.name,
        qty: decimalFromMicro(move.amount),
        unit: item.unit,
        ...lotFacts(parts, move.lot),
        cost: worth,
      });
    }
    if (taken.short > 0) short.push({ item: item.id, missing: decimalFromMicro(taken.short) });
  }
  return { lines, amounts, cost, short };
}

function readLine(
  parts: TransferParts,
  kitchen: Kitchen,
  { item, lot, qty }: GoodsLine,
  path: string,
): Wanted | Refusal {
  const goods = parts.goods.find(kitchen, { item, lot });
  if (isRefusal(goods)) return atPath(goods, path);
  if (qty === undefined && goods.lot === undefined) {
    return refuse(
      'bad_quantity',
      `${path}.qty: say how much, "2 kg"`,
      `${path}.qty:请填写数量,例如“2 kg”`,
    );
  }
  const amount = qty === undefined ? goods.left : goods.item.convert(qty);
  if (amount <= 0) {
    return qty === undefined
      ? refuse('empty_lot', `${path}.lot: nothing is left of it`, `${path}.lot:此批次已无余量`)
      : refuse('bad_quantity', `${path}.qty must be more than 0`, `${path}.qty 必须大于 0`);
  }
  return { item: goods.item, number: goods.number, lot: goods.lot?.id, amount };
}

/** Says at which line something is wrong. */
function atPath(refusal: Refusal, path: string): Refusal {
  const { en, zh } = refusal.message;
  return { ...refusal, message: { en: `${path}.${en}`, zh: `${path}.${zh}` } };
}

function lotFacts(
  { lots }: TransferParts,
  id: number,
): Pick<SentLine, 'lot' | 'producedAt' | 'expiresAt' | 'openedAt'> {
  const lot = id === UNALLOCATED ? undefined : lots.get(id);
  if (!lot) return { lot: null, producedAt: null, expiresAt: null };
  const { code, producedAt, expiresAt, openedAt } = lot;
  return { lot: code, producedAt, expiresAt, ...(openedAt === null ? {} : { openedAt }) };
}
