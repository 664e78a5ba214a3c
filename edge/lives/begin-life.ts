/**
 * The box goes on as another life. Two ways lead here: a backup was put back (the file says so when it is
 * opened), or head office knows other entries than this file after the last one that both have, perhaps
 * because a copy of the box sells elsewhere. Either way one entry says so, where the new life begins.
 */
import type { Parent } from '#recipes/contracts/sync.ts';
import type { EntryHead } from '#recipes/ledger/entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Ports } from '../runtime/ports.ts';
import { type IncarnationStore, newIncarnation } from './incarnation-store.ts';
import type { LifeStore } from './life-store.ts';

export type BeginParts = {
  readonly ledger: Ledger;
  readonly incarnation: IncarnationStore;
  readonly lives: LifeStore;
  readonly dayOf: (at: number) => number;
  readonly ports: Pick<Ports, 'now' | 'randomBytes'>;
};

/** The last entry that this box and head office both have. */
export type Fork = {
  /** The life that head office knows it from. */
  readonly incarnation: string;
  readonly seq: number;
  /** Hex. */
  readonly hash: string;
};

/** The life that begins after it. */
export type Begun = { readonly incarnation: string; readonly parent: Parent };

/**
 * Begins a new life after an entry. The same asked again, because the answer was lost, is the life that
 * has begun already.
 * @returns undefined when the life or the entry is not this box's
 */
export function beginLife(parts: BeginParts, { incarnation, seq, hash }: Fork): Begun | undefined {
  const now = parts.incarnation.life();
  const { parent } = now;
  if (parent?.why === 'found' && parent.incarnation === incarnation) {
    const same = parent.seq === seq && parent.hash === hash;
    return same ? { incarnation: now.incarnation, parent } : undefined;
  }
  if (now.incarnation !== incarnation || parts.incarnation.hashAt(seq) !== hash) return undefined;
  const events = parts.incarnation.eventsUpTo(seq);
  const begun: Begun = {
    incarnation: newIncarnation(parts.ports),
    parent: { incarnation, seq, hash, events, why: 'found' },
  };
  parts.ledger.transact(() => {
    parts.incarnation.begin(begun);
    tell(parts, begun);
  });
  return begun;
}

/** A file that was put back tells so in its first entry as another life. Outside of a transaction. */
export function tellOfLife(parts: BeginParts): void {
  const { incarnation, parent } = parts.incarnation.life();
  if (parent === null || parts.lives.isTold(incarnation)) return;
  parts.ledger.transact(() => tell(parts, { incarnation, parent }));
}

function tell(parts: BeginParts, { incarnation, parent }: Begun): void {
  const at = parts.ports.now();
  const note = { what: 'life', incarnation, parent };
  const entry = parts.ledger.append(ownHead(parts, at, note), parts.ledger.draft());
  parts.lives.insert({ incarnation, entry, at, parent });
}

/** The head of an entry of kind `takeover` that nobody asked for. */
export function ownHead(
  { dayOf }: Pick<BeginParts, 'dayOf'>,
  now: number,
  note: object,
): Omit<EntryHead, 'seq'> {
  const cause = { event: null, command: null, sale: null, reverses: null, book: null, actor: null };
  const times = { day: dayOf(now), occurredAt: now, recordedAt: now };
  return { kind: 'takeover', ...cause, ...times, note: JSON.stringify(note) };
}
