/**
 * Whether what lies on the scale belongs to the item in front: the weight of the item before must be
 * taken off, or change, first.
 */
export type ScaleWatch = {
  /** What lay there when the item came to the front; null = nothing, or it has changed since. */
  readonly old: number | null;
};

/** An item comes to the front while this lies on the scale. */
export function watchFrom(grams: number | null): ScaleWatch {
  return { old: grams !== null && grams > NOTHING_G ? grams : null };
}

/** The watch after a reading. */
export function watched(watch: ScaleWatch, grams: number | null): ScaleWatch {
  if (watch.old === null) return watch;
  const same = grams !== null && Math.abs(grams - watch.old) <= SAME_G;
  return same ? watch : { old: null };
}

/** The weight that counts for the item in front: stable, and not the one from before. */
export function takenWeight(
  watch: ScaleWatch,
  grams: number | null,
  stable: boolean,
): number | null {
  if (watch.old !== null || !stable || grams === null || grams <= NOTHING_G) return null;
  return grams;
}

const NOTHING_G = 1;
const SAME_G = 5;
