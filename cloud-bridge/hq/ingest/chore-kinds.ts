/** Kinds of entries whose effect goes beyond their store, by number. */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';

/** Those of them that nobody handles are dropped when they are worked off. */
export const CHORE_KINDS: ReadonlySet<number> = new Set(
  (['catalog', 'transfer', 'requisition', 'outsource', 'takeover', 'override'] as const).map(
    (kind) => ENTRY_KINDS[kind],
  ),
);
