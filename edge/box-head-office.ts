/** The books and the decisions of head office, put behind the door. */
import type { Book } from '#recipes/contracts/book.ts';
import { nextDay, startOfDay } from '#recipes/time/business-day.ts';
import { hqBookParts } from './box-catalog.ts';
import type { Doors } from './box-doors.ts';
import type { BoxParts } from './box-parts.ts';
import { type Rehearsal, rehearseBook, type SoldContent } from './catalog/rehearse.ts';
import { takeBook } from './catalog/take-book.ts';
import { takeCommands } from './catalog/take-commands.ts';
import { correctSale } from './pos/late-book.ts';
import type { ReceiveParts } from './pos/receive.ts';
import { soldContent } from './pos/sold-lines.ts';
import { Knowledge } from './recipe-book/knowledge.ts';
import type { Timer } from './runtime/ports.ts';

/** The last days under a book that is not adopted. */
export function rehearsalOf(parts: BoxParts): (book: Book) => Promise<Rehearsal> {
  const { ledger, lots, ports, receiving } = parts;
  const { knowledge } = receiving;
  const sold = (days: number) => lastSales(receiving, days);
  return (book) => rehearseBook({ ledger, lots, knowledge, sold, ports }, book);
}

const HALF_DAY_MS = 43_200_000;

/** Newest day first; a till may be a day ahead of the clock. */
function* lastSales(receiving: ReceiveParts, days: number): Iterable<SoldContent> {
  const { dayOf, sales } = receiving;
  const today = dayOf(receiving.now());
  for (let day = nextDay(today), left = days + 1; left > 0; left--) {
    for (const sale of sales.ofDay(day)) {
      const content = soldContent(receiving, sale);
      if (content) yield content;
    }
    day = dayOf(startOfDay(dayOf, day) - HALF_DAY_MS);
  }
}

const MINUTE_CHECK_MS = 1_000;

/**
 * Puts the book and the decisions of head office behind the door. Before anything listens.
 * @param changed a version was dealt with: the screens hear of it
 */
export function openHeadOffice(
  parts: BoxParts,
  doors: Doors,
  changed: () => void,
): { start(): Timer } {
  const { books, catalog, ledger, log, ports, receiving } = parts;
  const { knowledge, sales } = receiving;
  const find = ledger.items.find;
  catalog.onChange(changed);
  catalog.on(
    'book',
    takeBook({
      ...hqBookParts(parts),
      sales,
      ports,
      now: ports.now,
      rehearse: rehearsalOf(parts),
      bookChanged: doors.bookChanged,
      without: (fresh) => {
        const versions = () => books.versions().filter(({ version }) => !fresh.includes(version));
        return new Knowledge({ ...books, versions }, find);
      },
      correct: (sale, late) => correctSale(receiving, sale, late),
    }),
  );
  catalog.on('commands', takeCommands({ execute: (command) => doors.execute(command) }));
  return {
    start() {
      catalog.resume().catch((error: unknown) => {
        log.error({ err: error }, 'what head office said last is not done yet; it comes again');
      });
      const inForce = () => knowledge.at(ports.now())?.version.version;
      let known = inForce();
      return ports.every(MINUTE_CHECK_MS, () => {
        const now = inForce();
        if (now === known) return;
        known = now;
        // A book's minute has come: the dishes that can be sold may be others.
        doors.bookChanged();
      });
    },
  };
}
