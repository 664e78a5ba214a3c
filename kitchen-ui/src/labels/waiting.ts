import { isUndone, type OutboxEntry } from '../outbox/entry.ts';

/** Labels that an entry asks for. Without `lot` the box has not answered yet: they wait. */
export type LabelSet = {
  /** Id of the entry. */
  readonly entry: string;
  readonly item: string;
  readonly lot: string | null;
  readonly count: number;
  readonly how?: 'opened' | 'thawed' | 'frozen';
};

/** The labels of an entry; none for what makes no lot, was refused, or was taken back. */
export function labelSetOf(entries: readonly OutboxEntry[], entry: OutboxEntry): LabelSet | null {
  if (entry.progress !== 'waiting' && entry.progress !== 'applied') return null;
  if (isUndone(entries, entry.id)) return null;
  const data = entry.data as Said;
  const answer = (entry.answer ?? {}) as Answered;
  // The box has a printer for labels and put them in its queue with the entry.
  if (answer.labelJob !== undefined) return null;
  switch (entry.kind) {
    case 'batch.produce':
      return setOf(entry, data.recipe, answer.lot, data.labels ?? 0);
    case 'lot.open':
      return {
        ...setOf(entry, data.item, answer.lot, 1),
        ...(typeof data.how === 'string' ? { how: data.how } : {}),
      };
    case 'trim.log': {
      const said = data.outs?.find((out) => out.to === 'reuse');
      const out = answer.outs?.find((one) => one.to === 'reuse');
      return said === undefined ? null : setOf(entry, said.item, out?.lot, 1);
    }
    default:
      return null;
  }
}

/** What is still to be printed, oldest first. `printed`: ids of entries whose labels came out. */
export function waitingLabels(
  entries: readonly OutboxEntry[],
  printed: ReadonlySet<string>,
): LabelSet[] {
  return entries.flatMap((entry) => {
    if (printed.has(entry.id)) return [];
    const set = labelSetOf(entries, entry);
    return set === null || set.count === 0 ? [] : [set];
  });
}

/** How many sheets they are. */
export function countOf(sets: readonly LabelSet[]): number {
  return sets.reduce((sum, set) => sum + set.count, 0);
}

type Said = {
  readonly recipe?: string;
  readonly item?: string;
  readonly labels?: number;
  readonly how?: 'opened' | 'thawed' | 'frozen';
  readonly outs?: readonly { readonly to: string; readonly item?: string }[];
};
type Answered = {
  readonly labelJob?: number;
  readonly lot?: string;
  readonly outs?: readonly { readonly to: string; readonly lot?: string }[];
};

function setOf(
  entry: OutboxEntry,
  item: string | undefined,
  lot: string | undefined,
  count: number,
): LabelSet {
  return { entry: entry.id, item: item ?? '', lot: lot ?? null, count };
}
