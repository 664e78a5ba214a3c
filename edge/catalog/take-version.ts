/**
 * THE door for what head office says. A version is believed when the key that this box has pinned
 * signed it, taken when its number rises, and dealt with by the handler of its kind; what became of it
 * is one entry and one row, in one transaction, and the row is the cursor.
 *
 * A version that is refused does not hold up the next ones. One that is not believed leaves nothing
 * behind but a warning: who cannot sign has no number, either.
 */
import type { SignedVersion } from '#recipes/contracts/sync.ts';
import { isStorageFault } from '../db/storage-fault.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../runtime/log.ts';
import { type Aside, openAside } from './aside.ts';
import { disbelief } from './believe.ts';
import type { CatalogStore, TakenState } from './catalog-store.ts';
import { cannotTake, ENDS_THE_BOX, OLD, type Reason, UNREADABLE, unknownKind } from './reasons.ts';
import { openTries, type Tries } from './tries.ts';
import { type ReadVersion, readVersion } from './verify-version.ts';

/** What a version comes to, worked out in the transaction of its row. */
export type Verdict =
  | {
      readonly ok: true;
      /** Facts for the note of its entry; head office shows them. */
      readonly detail?: Readonly<Record<string, unknown>>;
      /** Version of the box's own book that it became. */
      readonly book?: number;
      /** Kept with the row, and in the note. */
      readonly rehearsal?: unknown;
      /** Runs after the commit: what the rest of the box must learn. */
      readonly after?: () => void;
    }
  | {
      readonly ok: false;
      readonly reason: Reason;
      readonly detail?: Readonly<Record<string, unknown>>;
      readonly rehearsal?: unknown;
    };

/**
 * Deals with versions of one kind. What needs transactions of its own (commands, thousands of sales)
 * is done first, in steps that may be done twice: after a crash all of it runs again. What is given
 * back runs inside the transaction of the version's row, and must not open one.
 */
export type VersionHandler = (version: ReadVersion, now: number) => Effect | Promise<Effect>;
export type Effect = () => Verdict;

export type TakeParts = {
  readonly ledger: Ledger;
  readonly catalog: CatalogStore;
  /** Id of this store, as head office calls it. */
  readonly store: string;
  readonly dayOf: (at: number) => number;
  readonly now: () => number;
  readonly log: Log;
};

export type TakeAnswer = {
  readonly version: number;
  /** What became of it; duplicate = dealt with before, aside = it waits for `takeAside`. */
  readonly state: TakenState | 'duplicate' | 'aside';
  readonly reason?: Reason;
};

export type Catalog = {
  /** Another part of the box deals with versions of this kind. One handler for each kind. */
  on(kind: string, handler: VersionHandler): void;
  /** Takes a version as it came; one after the other, however many callers there are. */
  take(envelope: SignedVersion): Promise<TakeAnswer>;
  /** Keeps decisions for `takeAside`; of any other kind it is taken. */
  putAside(envelope: SignedVersion): Promise<TakeAnswer>;
  /** Deals with what was put aside, in its order. */
  takeAside(): Promise<void>;
  /** Finishes what the last run left half way. */
  resume(): Promise<void>;
  /** Highest version that was dealt with. */
  head(): number;
  /** Calls back after a version was dealt with, or not believed: the inbox may have changed. */
  onChange(listener: () => void): void;
};

type Inside = TakeParts & {
  readonly changed: () => void;
  readonly aside: Aside;
  readonly tries: Tries;
};

/** Often enough to survive a bad moment; then it is refused, or the versions after it would wait for ever. */
const ATTEMPTS_MAX = 3;

export function openCatalog(said: TakeParts): Catalog {
  const listeners: (() => void)[] = [];
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const tries = openTries(said.catalog);
  const parts = { ...said, changed, aside: openAside(said.catalog), tries };
  const handlers = new Map<string, VersionHandler>();
  let line: Promise<unknown> = Promise.resolve();

  async function takeOne(envelope: SignedVersion, later = false): Promise<TakeAnswer> {
    const { catalog } = parts;
    const doubt = disbelief(parts, envelope);
    if (doubt) return refusedUnread(parts, envelope, doubt);
    const version = readVersion(envelope);
    if (!version) return refusedUnread(parts, envelope, UNREADABLE);
    if (catalog.get(version.version)) return { version: version.version, state: 'duplicate' };
    if (version.version <= catalog.head() && !parts.aside.has(version.version)) {
      return { version: version.version, state: 'refused', reason: OLD };
    }
    if (later && version.kind === 'commands') {
      parts.ledger.transact(() => parts.aside.put(envelope));
      return { version: version.version, state: 'aside' };
    }
    const named = version.stores?.includes(parts.store) ?? true;
    if (named && tries.of(version.version) >= ATTEMPTS_MAX) {
      parts.log.error({ version: version.version }, 'a version ended the process at each try');
      return conclude(parts, envelope, version, () => ({ ok: false, reason: ENDS_THE_BOX }));
    }
    parts.ledger.transact(() => {
      catalog.keep('catalogUnderway', JSON.stringify(envelope));
      tries.begin(version.version);
    });
    const handler = handlers.get(version.kind);
    const effect = named ? await effectOf(parts, handler, version) : undefined;
    try {
      return conclude(parts, envelope, version, effect);
    } catch (error) {
      return conclude(parts, envelope, version, failed(parts, version.version, error));
    }
  }

  function inLine(envelope: SignedVersion, later: boolean): Promise<TakeAnswer> {
    const mine = line.then(() => takeOne(envelope, later));
    line = mine.catch(() => undefined);
    return mine;
  }

  const catalog: Catalog = {
    on: (kind, handler) => {
      handlers.set(kind, handler);
    },
    take: (envelope) => inLine(envelope, false),
    putAside: (envelope) => inLine(envelope, true),
    async takeAside() {
      for (const envelope of parts.aside.list()) await catalog.take(envelope);
    },
    async resume() {
      const underway = parts.catalog.word('catalogUnderway');
      if (underway !== undefined) await catalog.take(JSON.parse(underway) as SignedVersion);
    },
    head: parts.catalog.head,
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
  return catalog;
}

/** @throws what the handler throws, until it has done so often enough */
async function effectOf(
  parts: Inside,
  handler: VersionHandler | undefined,
  version: ReadVersion,
): Promise<Effect> {
  if (!handler) return () => ({ ok: false, reason: unknownKind(version.kind) });
  try {
    return await handler(version, parts.now());
  } catch (error) {
    return failed(parts, version.version, error);
  }
}

function failed(parts: Inside, version: number, error: unknown): Effect {
  if (isStorageFault(error)) {
    takeBack(parts, version);
    throw error;
  }
  if (parts.tries.of(version) < ATTEMPTS_MAX) throw error;
  parts.log.error({ err: error, version }, 'a version of head office cannot be dealt with');
  return () => ({ ok: false, reason: cannotTake(error) });
}

/** A full disk says nothing of the version. */
function takeBack(parts: Inside, version: number): void {
  try {
    parts.ledger.transact(() => parts.tries.takeBack(version));
  } catch (error) {
    parts.log.warn({ err: error, version }, 'a try of a version stays counted');
  }
}

function refusedUnread(parts: Inside, { version }: SignedVersion, reason: Reason): TakeAnswer {
  parts.log.warn({ version, code: reason.code }, 'a version of head office is not believed');
  parts.changed();
  return { version, state: 'refused', reason };
}

/** Carries a refusal out of the transaction that it puts back. */
class PutBack extends Error {
  override readonly name = 'PutBack';
  readonly verdict: Extract<Verdict, { ok: false }>;
  constructor(verdict: Extract<Verdict, { ok: false }>) {
    super('put back');
    this.verdict = verdict;
  }
}

/** @param effect undefined = the version is for other stores */
function conclude(
  parts: Inside,
  envelope: SignedVersion,
  version: ReadVersion,
  effect: Effect | undefined,
): TakeAnswer {
  let verdict: Verdict | undefined;
  try {
    parts.ledger.transact(() => {
      verdict = effect?.();
      // Half of it may be worked out already: a refusal leaves nothing behind but itself.
      if (verdict?.ok === false) throw new PutBack(verdict);
      write(parts, envelope, version, verdict);
    });
  } catch (error) {
    if (!(error instanceof PutBack)) throw error;
    verdict = error.verdict;
    parts.ledger.transact(() => write(parts, envelope, version, verdict));
  }
  if (verdict?.ok) verdict.after?.();
  parts.changed();
  const state = stateOf(verdict);
  if (verdict?.ok !== false) return { version: version.version, state };
  return { version: version.version, state, reason: verdict.reason };
}

function stateOf(verdict: Verdict | undefined): TakenState {
  if (verdict === undefined) return 'ignored';
  return verdict.ok ? 'taken' : 'refused';
}

/** The entry that tells head office, and the row that is the cursor. */
function write(
  parts: Inside,
  { signed, signature }: SignedVersion,
  version: ReadVersion,
  verdict: Verdict | undefined,
): void {
  const now = parts.now();
  const { kind, validFrom, actor } = version;
  const state = stateOf(verdict);
  const reason = verdict?.ok === false ? verdict.reason : undefined;
  const rehearsal = verdict?.rehearsal;
  const note = {
    version: version.version,
    kind,
    state,
    ...(reason ? { reason } : {}),
    validFrom,
    ...(verdict?.detail ?? {}),
    ...(rehearsal === undefined ? {} : { rehearsal }),
  };
  const entry = parts.ledger.append(
    {
      kind: 'catalog',
      event: null,
      command: null,
      sale: null,
      reverses: null,
      book: null,
      day: parts.dayOf(now),
      occurredAt: now,
      recordedAt: now,
      actor,
      note: JSON.stringify(note),
    },
    parts.ledger.draft(),
  );
  parts.catalog.insert({
    version: version.version,
    entry,
    kind,
    state,
    validFrom: validFrom === null ? null : Date.parse(validFrom),
    receivedAt: now,
    book: (verdict?.ok ? verdict.book : undefined) ?? null,
    reason: reason ? JSON.stringify(reason) : null,
    rehearsal: rehearsal === undefined ? null : JSON.stringify(rehearsal),
    signed,
    signature,
  });
  parts.catalog.keep('catalogUnderway', null);
  parts.aside.drop(version.version);
  parts.tries.forget(version.version);
}
