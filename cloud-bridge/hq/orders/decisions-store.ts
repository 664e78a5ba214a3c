/** SQL of what head office decided about orders, and what became of it in the store. */
import type { Words } from '#recipes/contracts/command.ts';
import type { Databases } from '../parts.ts';

type Db = Databases['chain'];

export const VERBS = ['approve', 'reject'] as const;
export type Verb = (typeof VERBS)[number];

/** waiting: the store has not said anything yet. taken: it did it. refused: it could not, for this reason. */
export type Decision = {
  readonly verb: Verb;
  readonly state: 'waiting' | 'taken' | 'refused';
  readonly by: string | null;
  readonly at: string;
  /** Number of the version that carries it down. */
  readonly version: number;
  readonly reason: (Words & { readonly code: string }) | null;
};

/** One that was refused may be made again, so often. */
export const TRIES_MAX = 5;

/** The word under which a decision is published once. `asked`: sequence of the entry that asked for it. */
export function causeOf(
  about: { store: string; order: string; revision: number; asked: number },
  verb: Verb,
  attempt: number,
): string {
  const { store, order, revision, asked } = about;
  const base = `order:${store}:${order}:${revision}:${asked}:${verb}`;
  return attempt === 1 ? base : `${base}:${attempt}`;
}

/** Decisions under these causes, in the order in which they were made. */
export async function decisionsOf(
  chain: Db,
  causes: readonly string[],
): Promise<{ cause: string; store: string | null; decision: Decision }[]> {
  if (causes.length === 0) return [];
  const { rows } = await chain.query<{
    cause: string;
    version: number;
    actor: string | null;
    published_at: Date;
    store: string | null;
    state: string | null;
    reason: (Words & { code: string }) | null;
  }>({
    name: 'decisions-of',
    text: `SELECT c.cause, c.version, c.actor, c.published_at, c.stores[1] AS store, a.state,
             a.detail -> 'reason' AS reason
           FROM catalog c LEFT JOIN adoption a ON a.version = c.version AND a.store = c.stores[1]
           WHERE c.cause = ANY ($1) ORDER BY c.version`,
    values: [causes],
  });
  return rows.map((row) => ({
    cause: row.cause,
    store: row.store,
    decision: {
      verb: row.cause.includes(':reject') ? 'reject' : 'approve',
      state: row.state === null ? 'waiting' : row.state === 'refused' ? 'refused' : 'taken',
      by: row.actor,
      at: row.published_at.toISOString(),
      version: row.version,
      reason: row.reason,
    },
  }));
}
