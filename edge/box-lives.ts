/** Lives of the box: what the bridge asks of them goes through the doors. */
import { hash } from 'node:crypto';
import type { Doors } from './box-doors.ts';
import { correctLateBook } from './box-late-book.ts';
import type { BoxParts } from './box-parts.ts';
import type { FeedLives } from './http/feed-routes.ts';
import { beginLife, tellOfLife } from './lives/begin-life.ts';
import { openNameStore } from './lives/name-store.ts';
import { openTakeOver } from './lives/take-over.ts';
import { openWordStore } from './lives/word-store.ts';

/** A file that was put back says so here, in the first entry of its new life. */
export function openBoxLives(parts: BoxParts, doors: Doors): FeedLives {
  const { db, ledger, incarnation, lives, commands, ports, receiving } = parts;
  const { dayOf, events, terminals, conflicts } = receiving;
  const inside = { ledger, incarnation, lives, dayOf, ports };
  tellOfLife(inside);
  return {
    fork: (at) => beginLife(inside, at),
    takeOver: openTakeOver({
      ...inside,
      names: openNameStore(db),
      words: openWordStore(db),
      receive: doors.receiveAgain,
      execute: doors.executeAgain,
      entryOf: (command) => commands.find(command)?.result.seq,
      bookOf: (digest) =>
        parts.books.versions().findLast(({ hash: own }) => own === digest)?.version,
      bookCame: (version) => correctLateBook(parts, version),
      eventOf({ terminal, eventId, digest }) {
        const number = terminals.find(terminal);
        const event = number === undefined ? undefined : events.find(eventId, number);
        if (digest === undefined || event === undefined) return event?.number;
        return conflicts.open(CONFLICTS_MAX).find((conflict) => {
          return conflict.event === event.number && digestOf(conflict.body) === digest;
        })?.id;
      },
    }),
  };
}

const CONFLICTS_MAX = 1_000;

/** As the door for tills tells conflicting bytes apart. */
function digestOf(body: Uint8Array): string {
  return hash('sha256', body, 'hex');
}
