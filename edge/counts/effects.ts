/**
 * What entries have changed on the shelf, and at which moment: the moves of the ledger as counts see
 * them (`recipes/counts/moment`).
 */
import { must } from '#recipes/assert.ts';
import { momentOf, type Root, shelfChange } from '#recipes/counts/moment.ts';
import { WHOLE_ITEM } from '#recipes/counts/observed.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type CountNote, readCountNote } from './count-note.ts';
import type { CountStore, Head } from './count-store.ts';

export type Effect = {
  readonly seq: number;
  readonly item: number;
  readonly lot: number;
  /** Millionths; negative = it left. */
  readonly change: number;
  readonly moment: number;
  /** What was posted late: for which count entry, and for which lot of the item. */
  readonly late?: { readonly of: number; readonly lot: number };
};

export type EffectParts = { readonly ledger: Ledger; readonly counts: CountStore };

/** The changes that these entries made to these items (default: all), in the order of the entries. */
export function effectsOf(
  parts: EffectParts,
  heads: readonly Head[],
  items?: ReadonlySet<number>,
): Effect[] {
  const effects: Effect[] = [];
  for (const head of heads) {
    let root: KnownRoot | undefined;
    for (const move of parts.ledger.entries.movesOf(head.seq)) {
      const change = shelfChange(move);
      if (change === 0 || (items !== undefined && !items.has(move.item))) continue;
      root ??= rootOf(parts, head);
      const line = root.note?.lines[move.line];
      effects.push({
        seq: head.seq,
        item: move.item,
        lot: move.lot,
        change,
        moment: momentOf(root, move),
        ...(root.note?.of === undefined
          ? {}
          : { late: { of: root.note.of, lot: line?.lotNumber ?? WHOLE_ITEM } }),
      });
    }
  }
  return effects;
}

/**
 * All changes after an instant. A reversal is dated by what it reverses, so the reversals of what
 * happened since belong here too, whenever they say they happened.
 */
export function effectsSince(parts: EffectParts, at: number): Effect[] {
  const { counts } = parts;
  const heads = new Map(counts.since(at).map((head) => [head.seq, head]));
  for (const { seq } of heads.values()) {
    const reversal = counts.reversalOf(seq);
    const head = reversal === undefined ? undefined : counts.head(reversal);
    // A map visits what is added to it on the way: chains are followed to their ends.
    if (head && !heads.has(head.seq)) heads.set(head.seq, head);
  }
  return effectsOf(parts, [...heads.values()]).filter(({ moment }) => moment > at);
}

/** The entry at the end of the chain that this one reverses; itself when it reverses nothing. */
export function rootHead(counts: CountStore, head: Head): Head {
  if (head.reverses === null) return head;
  return rootHead(counts, must(counts.head(head.reverses), `entry ${head.reverses} is missing`));
}

type KnownRoot = Root & { readonly note?: CountNote };

function rootOf({ counts }: EffectParts, head: Head): KnownRoot {
  const { kind, occurredAt, note } = rootHead(counts, head);
  if (kind !== 'count') return { kind, occurredAt };
  const read = readCountNote(note);
  return { kind, occurredAt, countedAt: read.lines.map(({ at }) => at), note: read };
}
