/** What suppliers owe: goods that went back to them, against the credit notes they gave. */
import { decimalFromMicro } from '#recipes/amount.ts';
import type { Name } from '#recipes/book/fields.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import { dayText } from '#recipes/time/business-day.ts';
import { moneyOf } from '../ledger/money.ts';
import type { CreditStore, StoredCredit, StoredReturn } from './credit-store.ts';

/** Goods that went back, with what is owed for them. Money as decimal text. */
export type ReturnView = {
  readonly entry: number;
  readonly at: string;
  readonly day: string;
  readonly actor: string | null;
  readonly supplier: string | null;
  readonly reason: string | null;
  readonly lines: readonly {
    readonly item: string | null;
    readonly lot: string | null;
    readonly name: Name;
    /** Decimal text in `unit`; null = not noted. */
    readonly qty: string | null;
    readonly unit: string | null;
    readonly cost: string | null;
  }[];
  /** What the goods had cost; null = nobody knows. */
  readonly cost: string | null;
  readonly credited: string;
  /** cost - credited; negative when they gave more. */
  readonly owed: string | null;
};

/** A credit note. Money as decimal text. */
export type CreditView = {
  readonly credit: string;
  readonly entry: number;
  readonly at: string;
  readonly day: string;
  readonly actor: string | null;
  readonly supplier: string;
  readonly order: string | null;
  readonly return: number | null;
  readonly amount: string;
  readonly note: string | null;
};

/** Who owes what, by supplier, with the papers behind it. */
export type CreditsView = {
  readonly currency: string;
  readonly suppliers: readonly {
    readonly supplier: string | null;
    readonly name: Name;
    /** What the returned goods had cost, as far as it is known. */
    readonly returned: string;
    readonly credited: string;
    /** returned - credited. */
    readonly owed: string;
  }[];
  /** The newest first. */
  readonly returns: readonly ReturnView[];
  readonly credits: readonly CreditView[];
};

/** What the reading of credits works with. */
export type CreditParts = {
  readonly credits: CreditStore;
  readonly kitchen: () => Kitchen | undefined;
  readonly currency: () => string;
};

/** Everything about returns and credit notes, by the book in force. */
export function readCredits(parts: CreditParts): CreditsView {
  const kitchen = parts.kitchen();
  const credits = parts.credits.credits();
  const returns = parts.credits.returns().map((one) => ({ ...one, facts: factsOf(one.note) }));
  const suppliers = new Set([...returns, ...credits].map(({ supplier }) => supplier));
  return {
    currency: parts.currency(),
    suppliers: [...suppliers].map((supplier) => {
      const returned = sum(returns.filter((one) => one.supplier === supplier).map(costOf));
      const credited = sum(credits.filter((one) => one.supplier === supplier).map(amountOf));
      return {
        supplier,
        name: kitchen?.suppliers.get(supplier ?? '')?.name ?? {},
        returned: moneyOf(returned),
        credited: moneyOf(credited),
        owed: moneyOf(returned - credited),
      };
    }),
    returns: returns.map((one) => returnView(one, credits, kitchen)),
    credits: credits.map(creditView),
  };
}

type Facts = {
  readonly lines?: readonly {
    readonly item?: string;
    readonly lot?: string;
    readonly qty?: number;
    readonly cost?: number | null;
  }[];
  readonly reason?: string;
  readonly cost?: number | null;
};
type Returned = StoredReturn & { readonly facts: Facts };

function returnView(
  { entry, at, day, actor, supplier, facts }: Returned,
  credits: readonly StoredCredit[],
  kitchen: Kitchen | undefined,
): ReturnView {
  const cost = facts.cost ?? null;
  const credited = sum(credits.filter(({ returned }) => returned === entry).map(amountOf));
  return {
    entry,
    at: new Date(at).toISOString(),
    day: dayText(day),
    actor,
    supplier,
    reason: facts.reason ?? null,
    lines: (facts.lines ?? []).map((line) => ({
      item: line.item ?? null,
      lot: line.lot ?? null,
      name: kitchen?.items.get(line.item ?? '')?.name ?? {},
      qty: typeof line.qty === 'number' ? decimalFromMicro(line.qty) : null,
      unit: kitchen?.items.get(line.item ?? '')?.unit ?? null,
      cost: moneyOf(line.cost ?? null),
    })),
    cost: moneyOf(cost),
    credited: moneyOf(credited),
    owed: cost === null ? null : moneyOf(cost - credited),
  };
}

function creditView(credit: StoredCredit): CreditView {
  const { id, entry, at, day, actor, supplier, order, returned, amount, note } = credit;
  return {
    credit: id,
    entry,
    at: new Date(at).toISOString(),
    day: dayText(day),
    actor,
    supplier,
    order,
    return: returned,
    amount: moneyOf(amount),
    note,
  };
}

function factsOf(note: string): Facts {
  return JSON.parse(note) as Facts;
}

const costOf = ({ facts }: Returned) => facts.cost ?? 0;
const amountOf = ({ amount }: StoredCredit) => amount;

function sum(list: readonly number[]): number {
  return list.reduce((total, one) => total + one, 0);
}
