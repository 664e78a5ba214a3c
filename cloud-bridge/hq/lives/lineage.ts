/** Which lives a life's past is in. */
import type { Life } from './life-store.ts';

/** A stretch of a past: entries `from` to `to`, both included, are in this life. */
export type Stretch = { readonly life: number; readonly from: number; readonly to: number };

/** How much of a life is in the past of another: entries and events up to these. */
export type Shared = { readonly seq: number; readonly events: number };

type Node = Pick<Life, 'id' | 'parent' | 'forkSeq' | 'seq'>;

/** The past of a life, oldest first: its parents' entries up to where it parted, then its own. */
export function lineageIn(lives: readonly Node[], life: number): Stretch[] {
  const stretches: Stretch[] = [];
  let to = Number.MAX_SAFE_INTEGER;
  for (const at of ancestors(lives, life)) {
    const end = Math.min(to, at.seq);
    const start = at.forkSeq + 1;
    if (end >= start) stretches.unshift({ life: at.id, from: start, to: end });
    to = Math.min(to, at.forkSeq);
  }
  return stretches;
}

/** Of each life that is in the past of `life`, how much of it is. The life itself is not in it. */
export function sharedWith(
  lives: readonly (Node & Pick<Life, 'forkEvents'>)[],
  life: number,
): Map<number, Shared> {
  const shared = new Map<number, Shared>();
  let bound: Shared | undefined;
  for (const at of ancestors(lives, life)) {
    if (bound !== undefined) shared.set(at.id, bound);
    bound = {
      seq: Math.min(bound?.seq ?? Number.MAX_SAFE_INTEGER, at.forkSeq),
      events: Math.min(bound?.events ?? Number.MAX_SAFE_INTEGER, at.forkEvents),
    };
  }
  return shared;
}

/** The part of a past after `seq`. */
export function after(lineage: readonly Stretch[], seq: number): Stretch[] {
  return lineage
    .filter(({ to }) => to > seq)
    .map((stretch) => ({ ...stretch, from: Math.max(stretch.from, seq + 1) }));
}

/** The part of a past up to `seq`. */
export function upTo(lineage: readonly Stretch[], seq: number): Stretch[] {
  return lineage
    .filter(({ from }) => from <= seq)
    .map((stretch) => ({ ...stretch, to: Math.min(stretch.to, seq) }));
}

/** The life itself first, then its parent, and so on. */
function* ancestors<T extends Pick<Life, 'id' | 'parent'>>(
  lives: readonly T[],
  life: number,
): Generator<T> {
  let at = lives.find(({ id }) => id === life);
  while (at !== undefined) {
    yield at;
    const { parent } = at;
    at = parent === null ? undefined : lives.find(({ id }) => id === parent);
  }
}
