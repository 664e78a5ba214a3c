/** A supplier's credit note: what it gives back for goods that were returned, missing or bad. */
import type { CreditRecord } from '#recipes/contracts/order-command.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import { mul, rational, rationalFromDecimal, roundHalfEven } from '#recipes/rational.ts';
import type { Carried, CommandContext, Handlers, Refusal } from '../commands/execute.ts';
import { givenName } from '../given-name.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { COST_UNIT, moneyOf } from '../ledger/money.ts';
import { numberedId } from '../ledger/numbered-id.ts';
import { refuse } from '../refuse.ts';
import type { CreditStore } from './credit-store.ts';
import type { OrderStore } from './order-store.ts';
import { unknownOrder } from './orders.ts';
import { unknownSupplier } from './unknown-supplier.ts';

/** What recording a credit note works with. */
export type CreditCommandParts = {
  readonly ledger: Ledger;
  readonly dayOf: (at: number) => number;
  readonly credits: CreditStore;
  readonly store: Pick<OrderStore, 'get'>;
  /** The book in force now. */
  readonly kitchen: () => Kitchen | undefined;
};

/** The handler of credit notes. */
export function creditCommands(parts: CreditCommandParts): Pick<Handlers, 'credit.record'> {
  return { 'credit.record': (data, context) => recordCredit(parts, data, context) };
}

/** A mistake is taken back with entry.reverse. */
function recordCredit(
  parts: CreditCommandParts,
  data: CreditRecord,
  context: CommandContext,
): Carried {
  const { credits, dayOf } = parts;
  const wrong = doesNotFit(parts, data, context.takenOver !== undefined);
  if (wrong) return wrong;
  const day = dayOf(context.occurredAt);
  const free = (name: string) => !credits.has(name);
  const taken = data.credit !== undefined && !free(data.credit);
  const next = () => givenName(context, 0, free, () => numberedId('CN', day, credits));
  const id = data.credit !== undefined && !taken ? data.credit : next();
  const money = mul(rationalFromDecimal(data.amount), rational(BigInt(COST_UNIT)));
  const amount = Number(roundHalfEven(money));
  const { credit: _, ...said } = data;
  const note = { credit: id, ...said, cost: amount };
  const seq = appendOfCommand(parts, { kind: 'credit', note }, context);
  credits.insert({
    id,
    entry: seq,
    supplier: data.supplier,
    order: data.order ?? null,
    returned: data.return ?? null,
    amount,
    day,
    note: data.note ?? null,
  });
  return { ok: true, seq, data: { credit: id, amount: moneyOf(amount) } };
}

/** What the note names must exist, and be of the same supplier. */
function doesNotFit(
  parts: CreditCommandParts,
  data: CreditRecord,
  takenOver: boolean,
): Refusal | undefined {
  const { credit, supplier, order, return: entry } = data;
  if (credit !== undefined && !takenOver && parts.credits.has(credit)) {
    return refuse(
      'credit_exists',
      `credit: there is a credit note "${credit}" already; use another number`,
      `credit:退款单“${credit}”已存在;请使用其他编号`,
    );
  }
  const known = parts.kitchen()?.suppliers.has(supplier) ?? false;
  if (order !== undefined) {
    const found = parts.store.get(order);
    if (!found) return unknownOrder(order);
    if (found.supplier !== supplier) return otherSupplier('order', order, found.supplier);
  }
  if (entry !== undefined) {
    const found = parts.credits.return(entry);
    if (!found) {
      return refuse(
        'unknown_return',
        `return: entry ${entry} is no return to a supplier that stands; see GET /credits`,
        `return:记录 ${entry} 不是有效的退货;请查看 GET /credits`,
      );
    }
    if (found.supplier !== null && found.supplier !== supplier) {
      return otherSupplier('return', String(entry), found.supplier);
    }
  }
  // A supplier who left the book may still owe for what was ordered or returned.
  return known || order !== undefined || entry !== undefined
    ? undefined
    : unknownSupplier(supplier);
}

function otherSupplier(field: string, what: string, supplier: string): Refusal {
  return refuse(
    'other_supplier',
    `${field}: ${what} is of supplier "${supplier}"; name that one`,
    `${field}:${what} 属于供应商“${supplier}”;请指明该供应商`,
  );
}
