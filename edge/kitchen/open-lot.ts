/**
 * A pack is opened, thawed or frozen: from now on another shelf life counts. What is opened becomes a
 * lot of its own with its share of the cost; a whole lot keeps its code, so its label stays good.
 */
import type { LotOpen } from '#recipes/contracts/kitchen-command.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Carried, CommandContext, Refusal } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import type { Lot } from '../ledger/lot-store.ts';
import { moneyOf } from '../ledger/money.ts';
import { movesAnswer } from '../ledger/moves-answer.ts';
import { refuse } from '../refuse.ts';
import { badQuantity, findGoods, type Goods } from './find-goods.ts';
import { bookAt, isRefusal, type KitchenParts } from './kitchen-parts.ts';
import { makeLot, partCode } from './make-lot.ts';
import { takeOut } from './take-out.ts';

export function openLot(parts: KitchenParts, data: LotOpen, context: CommandContext): Carried {
  const inForce = bookAt(parts, context.occurredAt);
  if (isRefusal(inForce)) return inForce;
  const goods = findGoods(parts, inForce.kitchen, data);
  if (isRefusal(goods)) return goods;
  const { lot, left, item } = goods;
  if (!lot || left <= 0) {
    return refuse(
      'empty_lot',
      `lot: nothing is left of "${data.lot}"`,
      `lot:批次“${data.lot}”已无余量`,
    );
  }
  const amount = data.qty === undefined ? left : item.convert(data.qty);
  if (amount <= 0) return badQuantity();
  if (amount > left) {
    return refuse('bad_quantity', 'qty: more than is left of the lot', 'qty:超过该批次余量');
  }
  const at = context.occurredAt;
  const expiresAt = expiryOf(goods, lot, data, at);
  if (typeof expiresAt === 'object' && expiresAt !== null) return expiresAt;
  const draft = parts.ledger.draft();
  const from = { line: 0, item: goods.number, amount, lot: lot.id, to: PLACES.production };
  const taken = takeOut(parts, draft, from);
  const code = amount === left ? lot.code : partCode(parts, context, lot, 0);
  makeLot(parts, draft, {
    line: 0,
    item: goods.number,
    code,
    amount,
    cost: taken.cost,
    at,
    producedAt: lot.producedAt,
    expiresAt,
    openedAt: data.how === 'frozen' ? null : at,
    supplier: lot.supplier,
    parent: lot.id,
  });
  const note = { item: item.id, lot: lot.code, as: code, how: data.how, qty: amount, expiresAt };
  const seq = appendOfCommand(parts, { kind: 'open', note, book: inForce.book }, context, draft);
  return {
    ok: true,
    seq,
    data: {
      moves: movesAnswer(parts, draft.moves),
      cost: moneyOf(taken.cost),
      lot: code,
      item: item.id,
      expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    },
  };
}

/** Opening and thawing never make a lot keep longer than it did; freezing does. */
function expiryOf({ item }: Goods, lot: Lot, data: LotOpen, at: number): number | null | Refusal {
  if (data.expiresAt !== undefined) return Date.parse(data.expiresAt);
  const { openedMs, thawedMs, frozenMs } = item;
  if (data.how === 'frozen') {
    if (frozenMs !== undefined) return at + frozenMs;
    return refuse(
      'no_shelf_life',
      `the book does not say how long ${item.id} keeps frozen; add "frozen: 90d" to it, or say expiresAt`,
      `配方册没有写 ${item.id} 冷冻可存多久;请补充 frozen: 90d,或填写 expiresAt`,
    );
  }
  const keeps = data.how === 'thawed' ? (thawedMs ?? openedMs) : openedMs;
  if (keeps === undefined) return lot.expiresAt;
  return lot.expiresAt === null ? at + keeps : Math.min(lot.expiresAt, at + keeps);
}
