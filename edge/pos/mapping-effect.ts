/** What the waiting lines would take once a code is mapped: said before anybody presses the button. */
import {
  addMicro,
  decimalFromMicro,
  type Micro,
  microFromDecimal,
  scaleMicro,
} from '#recipes/amount.ts';
import type { Mapping } from '../recipe-book/book-store.ts';
import type { UnitTake } from '../recipe-book/resolve-line.ts';
import type { ReceiveParts } from './receive.ts';
import { numberedLines, saleContent } from './sale-content.ts';

export type MappingEffect = {
  /** Sold lines that wait for the code. */
  readonly lines: number;
  /** How many of them would still wait, for another code. */
  readonly still: number;
  /** True: more lines wait than were looked at; `takes` is of the oldest ones. */
  readonly more: boolean;
  /** Decimal texts in the item's base unit; `after` is what would be left, negative when short. */
  readonly takes: readonly {
    readonly item: string;
    readonly name: { readonly zh?: string; readonly en?: string };
    readonly qty: string;
    readonly unit: string;
    readonly onHand: string;
    readonly after: string;
  }[];
};

/** Enough for a person to judge by; a code that was sold for weeks must not hold up the box. */
const LINES_MAX = 1_000;

/** @param mapping what somebody is about to say; nothing of it is learned here */
export function effectOfMapping(parts: ReceiveParts, mapping: Mapping): MappingEffect {
  const waiting = parts.held.ofSku(mapping.sku, LINES_MAX);
  const sums = new Map<number, Micro>();
  let still = 0;
  for (const [sale, indexes] of linesBySale(waiting)) {
    const stored = parts.sales.get(sale);
    const content = stored && saleContent(parts.events, stored.event);
    if (!stored || !content) continue;
    const back = takenBack(parts, sale);
    for (const { index, line } of numberedLines(stored, content)) {
      if (!indexes.has(index)) continue;
      const { channel } = content;
      const answer = parts.knowledge.suppose(mapping, line, channel, stored.occurredAt);
      if (answer.kind === 'held') still++;
      if (answer.kind !== 'takes') continue;
      const qty = Math.max(0, microFromDecimal(line.qty) - (back.get(index) ?? 0));
      addTakes(sums, answer.takes, qty);
    }
  }
  const lines = parts.held.countOfSku(mapping.sku);
  return { lines, still, more: lines > waiting.length, takes: takesOf(parts, sums) };
}

/** A sale of more than the ledger can hold is not a reason to refuse the mapping: it waits for a person. */
function addTakes(sums: Map<number, Micro>, takes: readonly UnitTake[], qty: Micro): void {
  try {
    for (const { item, amount } of takes) {
      sums.set(item, addMicro(sums.get(item) ?? 0, scaleMicro(amount, qty)));
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}

function linesBySale(
  waiting: readonly { readonly sale: number; readonly line: number }[],
): Map<number, ReadonlySet<number>> {
  const grouped = Map.groupBy(waiting, ({ sale }) => sale);
  return new Map([...grouped].map(([sale, held]) => [sale, new Set(held.map(({ line }) => line))]));
}

/** What was voided while it waited is put back as soon as it posts. */
function takenBack(parts: ReceiveParts, sale: number): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { line, qty } of parts.backs.ofSale(sale)) {
    sums.set(line, (sums.get(line) ?? 0) + qty);
  }
  return sums;
}

function takesOf(
  { ledger, knowledge, now }: ReceiveParts,
  sums: ReadonlyMap<number, Micro>,
): MappingEffect['takes'] {
  const kitchen = knowledge.at(now())?.kitchen;
  return [...sums]
    .filter(([, amount]) => amount > 0)
    .map(([number, amount]) => {
      const item = ledger.items.code(number);
      const onHand = ledger.shelf.onHand(number);
      return {
        item,
        name: kitchen?.items.get(item)?.name ?? {},
        qty: decimalFromMicro(amount),
        unit: ledger.items.unit(number),
        onHand: decimalFromMicro(onHand),
        after: decimalFromMicro(onHand - amount),
      };
    });
}
