/**
 * The candidate a person most likely meant, or undefined when nothing is close: at most a third of the
 * word (and 1 to 3 letters) differs. Case is ignored. Earlier candidates win ties.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase().slice(0, WORD_MAX);
  let limit = Math.max(1, Math.min(3, Math.floor(wanted.length / 3)));
  let best: string | undefined;
  for (const candidate of candidates) {
    const given = candidate.toLowerCase().slice(0, WORD_MAX);
    if (given === wanted) return candidate;
    if (Math.abs(given.length - wanted.length) > limit) continue;
    const away = distance(wanted, given);
    // A one-letter word that differs in its one letter has nothing in common with it.
    if (away > limit || away >= Math.max(wanted.length, given.length)) continue;
    best = candidate;
    if (away === 1) break;
    limit = away - 1;
  }
  return best;
}

const WORD_MAX = 64;

/** Letters to insert, delete, replace or swap with a neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a.charAt(i - 1) === b.charAt(j - 1);
      let cost = Math.min(
        (above[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (above[j - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = i > 1 && j > 1 && a.charAt(i - 1) === b.charAt(j - 2);
      if (swapped && a.charAt(i - 2) === b.charAt(j - 1))
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}
