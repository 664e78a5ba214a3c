/**
 * Trim (修割): one source leaves stock, what is usable comes back, what finds another use becomes a lot
 * of its own with its share of the cost and its own shelf life. The arithmetic is in recipes/waste/trim.
 */
import { decimalFromMicro, type Micro } from '#recipes/amount.ts';
import type { TrimLog } from '#recipes/contracts/kitchen-command.ts';
import type { Kitchen, StockItem } from '#recipes/kitchen.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { microFromRational, toNumber } from '#recipes/rational.ts';
import { type BalancedOut, type BalancedTrim, balanceTrim } from '#recipes/waste/trim.ts';
import type { Carried, CommandContext, Refusal } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import type { Draft } from '../ledger/draft.ts';
import { lotCode } from '../ledger/lot-code.ts';
import { moneyOf } from '../ledger/money.ts';
import { movesAnswer } from '../ledger/moves-answer.ts';
import { refuse } from '../refuse.ts';
import { badQuantity, findGoods, type Goods, unknownItem } from './find-goods.ts';
import { bookAt, isRefusal, type KitchenParts } from './kitchen-parts.ts';
import { makeLot, partCode } from './make-lot.ts';
import { takeOut } from './take-out.ts';

export function logTrim(parts: KitchenParts, data: TrimLog, context: CommandContext): Carried {
  const inForce = bookAt(parts, context.occurredAt);
  if (isRefusal(inForce)) return inForce;
  const source = findGoods(parts, inForce.kitchen, data);
  if (isRefusal(source)) return source;
  const amount = source.item.convert(data.in);
  if (amount <= 0) return badQuantity('in');
  const said = readOuts(inForce.kitchen, source.item, data);
  if (isRefusal(said)) return said;
  const draft = parts.ledger.draft();
  const { number: item, lot } = source;
  const to = PLACES.production;
  const taken = takeOut(parts, draft, { line: 0, item, amount, lot: lot?.id, to });
  const balanced = balanceTrim(amount, said, source.item.yield, taken.cost);
  if ('code' in balanced) return unbalanced(balanced.code, balanced.over, source.item);
  const lots = post(parts, draft, { ...inForce, source, balanced, amount, context });
  if (isRefusal(lots)) return lots;
  const note = noteOf(data, source, amount, balanced, lots, taken.cost);
  const seq = appendOfCommand(parts, { kind: 'trim', note, book: inForce.book }, context, draft);
  const standard = toNumber(source.item.yield);
  return {
    ok: true,
    seq,
    data: {
      moves: movesAnswer(parts, draft.moves),
      cost: moneyOf(taken.cost),
      outs: note.outs.map((out) => ({
        ...out,
        qty: decimalFromMicro(out.qty),
        cost: moneyOf(out.cost),
      })),
      yield: (balanced.usable / amount).toFixed(3),
      standard: standard === 1 ? null : standard.toFixed(3),
      contained: decimalFromMicro(balanced.contained),
      recovered: moneyOf(note.recovered),
      ...(taken.short > 0 ? { short: true } : {}),
    },
  };
}

type ReadOut = { to: BalancedOut['to']; item: string | undefined; qty: Micro | undefined };

/** Destinations with their amounts in the source's unit; what finds another use must say what it becomes. */
function readOuts(kitchen: Kitchen, source: StockItem, data: TrimLog): ReadOut[] | Refusal {
  const outs: ReadOut[] = [];
  for (const [i, out] of data.outs.entries()) {
    const item = out.item === source.id && out.to === 'usable' ? undefined : out.item;
    // As the source itself it would not have left it: that is what "usable" says.
    if (out.to === 'reuse' && (item === undefined || item === source.id)) {
      return refuse(
        'offcut_item_needed',
        `outs[${i}].item: say which other item the offcut becomes`,
        `outs[${i}].item:请指明边角料归入哪种其他物料`,
      );
    }
    if (item !== undefined && !kitchen.items.has(item)) return unknownItem(item, `outs[${i}].item`);
    const qty = out.qty === undefined ? undefined : source.convert(out.qty);
    if (qty !== undefined && qty < 0) return badQuantity(`outs[${i}].qty`);
    outs.push({ to: out.to, item, qty });
  }
  return outs;
}

function unbalanced(code: string, over: Micro, item: StockItem): Refusal {
  if (code === 'two_remainders') {
    return refuse(
      'not_balanced',
      'outs: leave out at most one quantity; the remainder can only be one',
      'outs:只能有一处不填数量(剩余自动计算)',
    );
  }
  const much = `${decimalFromMicro(Math.abs(over))} ${item.unit}`;
  return over > 0
    ? refuse(
        'not_balanced',
        `outs: ${much} more than went in; weigh again, or leave one out as the remainder`,
        `outs:比投入多 ${much};请重新称重,或留一处自动计算`,
      )
    : refuse(
        'not_balanced',
        `outs: ${much} is missing; leave one quantity out and it becomes the remainder`,
        `outs:还差 ${much};留一处不填即为剩余`,
      );
}

type Posting = {
  readonly kitchen: Kitchen;
  readonly source: Goods;
  readonly balanced: BalancedTrim;
  /** What went in, millionths. */
  readonly amount: Micro;
  readonly context: CommandContext;
};

/** @returns the lot codes of the destinations, by index */
function post(
  parts: KitchenParts,
  draft: Draft,
  posting: Posting,
): (string | undefined)[] | Refusal {
  const { kitchen, source, balanced, context } = posting;
  const at = context.occurredAt;
  const { number: item, lot } = source;
  const from = PLACES.production;
  let keptCode: string | undefined;
  if (balanced.kept > 0) {
    keptCode = keptCodeOf(parts, posting);
    makeLot(parts, draft, {
      line: 0,
      item,
      code: keptCode,
      amount: balanced.kept,
      cost: balanced.keptCost,
      at,
      producedAt: lot?.producedAt ?? null,
      expiresAt: expiryOfKept(source, at),
      openedAt: at,
      supplier: lot?.supplier ?? null,
      parent: lot?.id ?? null,
    });
  }
  const lots: (string | undefined)[] = [];
  for (const [line, out] of balanced.outs.entries()) {
    if (out.to === 'usable' && out.item === undefined) lots.push(keptCode);
    else if (out.to === 'staff' || out.to === 'bin') {
      const to = out.to === 'staff' ? PLACES.staff : PLACES.trim;
      const lot = UNALLOCATED;
      if (out.beyond > 0) draft.move({ line, item, lot, from, to, amount: out.beyond });
      lots.push(undefined);
    } else {
      const code = makeOffcut(parts, draft, kitchen, { out, line, context, source });
      if (typeof code === 'object') return code;
      lots.push(code);
    }
  }
  return lots;
}

/** A lot that was trimmed whole keeps its label; of a part, the label names the part. */
function keptCodeOf(parts: KitchenParts, { source, amount, balanced, context }: Posting): string {
  const { lot, left, number: item } = source;
  const nth = balanced.outs.findIndex((out) => out.to === 'usable' && out.item === undefined);
  if (!lot) return lotCode(parts, context, { line: 0, item, nth });
  return amount >= left ? lot.code : partCode(parts, context, lot, nth);
}

/** Trimmed goods keep like opened ones, where the book says how long that is. */
function expiryOfKept(source: Goods, at: number): number | null {
  const own = source.lot?.expiresAt ?? null;
  const opened = source.item.openedMs === undefined ? null : at + source.item.openedMs;
  if (own === null || opened === null) return own ?? opened;
  return Math.min(own, opened);
}

function makeOffcut(
  parts: KitchenParts,
  draft: Draft,
  kitchen: Kitchen,
  made: { out: BalancedOut; line: number; context: CommandContext; source: Goods },
): string | undefined | Refusal {
  const { out, line, context, source } = made;
  const at = context.occurredAt;
  const target = kitchen.items.get(out.item ?? '');
  if (!target || out.qty === 0) return undefined;
  // A weight stays a weight; a target that is counted or measured says how in its own units.
  const amount =
    target.unit === source.item.unit
      ? out.qty
      : target.convert(`${decimalFromMicro(out.qty)} ${source.item.unit}`);
  if (amount === 0) return badQuantity(`outs[${line}].qty`);
  // The first code is the one of what is kept: no two lots of a trim carry the same.
  const item = parts.ledger.items.number(target.id, target.unit);
  const code = lotCode(parts, context, { line: line + 1, item, nth: line });
  makeLot(parts, draft, {
    line,
    item,
    code,
    amount,
    cost: out.cost,
    at,
    producedAt: at,
    expiresAt: target.shelfLifeMs === undefined ? null : at + target.shelfLifeMs,
    parent: source.lot?.id ?? null,
  });
  return code;
}

function noteOf(
  data: TrimLog,
  source: Goods,
  amount: Micro,
  balanced: BalancedTrim,
  lots: readonly (string | undefined)[],
  cost: number | null,
) {
  const { station, note, how } = data;
  const outs = balanced.outs.map((out, i) => ({
    to: out.to,
    item: out.item ?? (out.to === 'usable' ? source.item.id : undefined),
    qty: out.qty,
    beyond: out.beyond,
    lot: lots[i],
    cost: out.cost,
  }));
  const reused = outs.filter((out) => out.to === 'reuse' || out.to === 'staff');
  const recovered = cost === null ? null : reused.reduce((sum, out) => sum + (out.cost ?? 0), 0);
  const standard = microFromRational(source.item.yield);
  return {
    item: source.item.id,
    lot: source.lot?.code,
    in: amount,
    outs,
    kept: balanced.kept,
    contained: balanced.contained,
    excess: balanced.outs.reduce((sum, out) => sum + out.beyond, 0),
    usable: balanced.usable,
    standard,
    cost,
    recovered,
    station,
    note,
    how,
  };
}
