/**
 * Posts a count: for each item, or each lot, what was counted less what the book said at that very
 * moment. Selling goes on meanwhile; what moved after the moment stays as it is. Posting again posts
 * what has been counted since.
 */
import { decimalFromMicro, type Micro } from '#recipes/amount.ts';
import type { CountPost } from '#recipes/contracts/kitchen-command.ts';
import type { CountTarget } from '#recipes/counts/observed.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Carried, CommandContext } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import { moneyOf } from '../ledger/money.ts';
import { movesAnswer } from '../ledger/moves-answer.ts';
import { refuse } from '../refuse.ts';
import { adjust, change } from './adjust.ts';
import { openBook } from './book-at.ts';
import type { CountNoteLine } from './count-note.ts';
import type { CountParts } from './count-parts.ts';
import { afterCounted, naming } from './late-entry.ts';
import { looseGoods } from './loose.ts';
import { postedNow, targetsOf } from './observations.ts';

/** @param settle brings what arrived late up to date, in this transaction */
export function postCount(
  parts: CountParts,
  settle: () => void,
  data: CountPost,
  context: CommandContext,
): Carried {
  const all = targetsOf(parts, data.count);
  if (all.length === 0) return unknownCount(data.count);
  const wanted = chosen(parts, all, data.items);
  if (typeof wanted === 'string') {
    return refuse(
      'unknown_item',
      `items: "${wanted}" was not counted in ${data.count}`,
      `items:${data.count} 中没有盘点“${wanted}”`,
    );
  }
  const posted = postedNow(parts, data.count);
  const targets = wanted.filter((target) => !posted(target));
  if (targets.length === 0) {
    return refuse(
      'nothing_counted',
      `${data.count} is posted already, and nothing was counted since; reverse its entry to undo it`,
      `${data.count} 已过账,之后没有新的盘点;如需撤销请冲销该记录`,
    );
  }
  settle();
  const posting = post(parts, data.count, targets, context);
  // A count that is older than one posted before must not move the shelf of that one.
  settle();
  return posting;
}

/** Said by whoever asks for a count that nobody began. */
export function unknownCount(count: string): Carried {
  return refuse(
    'unknown_count',
    `nothing was counted under "${count}"`,
    `没有编号为“${count}”的盘点`,
  );
}

/** The targets of the named items; the first item that was not counted otherwise. */
function chosen(
  { ledger }: CountParts,
  targets: readonly CountTarget[],
  items: readonly string[] | undefined,
): readonly CountTarget[] | string {
  if (items === undefined) return targets;
  const numbers = new Set(items.map((item) => ledger.items.find(item)));
  const lacking = items.find((item) => {
    const number = ledger.items.find(item);
    return !targets.some((target) => target.item === number);
  });
  return lacking ?? targets.filter((target) => numbers.has(target.item));
}

function post(
  parts: CountParts,
  count: string,
  targets: readonly CountTarget[],
  context: CommandContext,
): Carried {
  const { ledger, counts } = parts;
  // All books are read before the first adjustment changes the shelf.
  const book = openBook(parts, Math.min(...targets.map(({ at }) => at)));
  const compared = targets.map((target) => ({ ...target, book: book.of(target) }));
  const loose = looseGoods(targets, book);
  const draft = ledger.draft();
  const seq = ledger.seq() + 1;
  const lines = compared.map((target, line): CountNoteLine => {
    const { item, lot, at, qty } = target;
    counts.addCounted(count, { item, lot, entry: seq, at, qty });
    const difference = qty - target.book;
    const late = new Map<number, Micro>();
    const cost = adjust(parts, draft, { line, item, lot, difference, late });
    const used = usedEver(parts, item);
    const name = naming(parts, item, lot);
    return { ...name, at, counted: qty, book: target.book, variance: difference, cost, used };
  });
  for (const { item, at, book: was } of loose) {
    const cost = change(parts, draft, lines.length, item, UNALLOCATED, -was);
    const name = { item: ledger.items.code(item), lot: 'unallocated' };
    lines.push({ ...name, at, counted: 0, book: was, variance: -was, cost });
  }
  const occurredAt = afterCounted(parts, context.occurredAt);
  appendOfCommand(
    parts,
    { kind: 'count', note: { count, lines } },
    { ...context, occurredAt },
    draft,
  );
  return {
    ok: true,
    seq,
    data: {
      moves: movesAnswer(parts, draft.moves),
      cost: moneyOf(sumOf(lines)),
      lines: lines.map((line) => ({
        item: line.item,
        lot: line.lot ?? null,
        book: decimalFromMicro(line.book ?? 0),
        counted: decimalFromMicro(line.counted ?? 0),
        variance: decimalFromMicro(line.variance),
        cost: moneyOf(line.cost),
      })),
    },
  };
}

/** All that ever left stock for a purpose, whichever it was. */
export function usedEver({ ledger }: Pick<CountParts, 'ledger'>, item: number): Micro {
  return USES.reduce((sum, place) => sum + Math.max(0, ledger.shelf.inPlace(item, place)), 0);
}

const USES = [
  PLACES.sold,
  PLACES.waste,
  PLACES.trim,
  PLACES.comp,
  PLACES.staff,
  PLACES.production,
] as const;

/** Of what is known; null when no cost is. */
function sumOf(lines: readonly CountNoteLine[]): number | null {
  const known = lines.flatMap(({ cost }) => (cost === null ? [] : [cost]));
  return known.length === 0 ? null : known.reduce((sum, cost) => sum + cost, 0);
}
