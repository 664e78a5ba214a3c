/** The variance of what is posted as it is known now: as posted, and what arrived late since. */
import { WHOLE_ITEM } from '#recipes/counts/observed.ts';
import { type CountNoteLine, readCountNote } from './count-note.ts';
import type { CountParts } from './count-parts.ts';
import { standingRows } from './observations.ts';

/** Millionths and ten-thousandths; counted less book, so negative = missing. */
export type Compared = {
  readonly book: number;
  readonly variance: number;
  /** null = no cost is known; undefined = not worked out before it is posted. */
  readonly cost?: number | null;
};

type Target = { readonly item: number; readonly lot: number };

export function postedVariance(
  parts: Pick<CountParts, 'ledger' | 'counts'>,
  count: string,
): (target: Target) => Compared | undefined {
  const rows = standingRows(parts, count);
  const lines = new Map<number, CountNoteLine[]>();
  const linesOf = (entry: number) => {
    const known = lines.get(entry) ?? readLines(parts, entry);
    lines.set(entry, known);
    return known;
  };
  return ({ item, lot }) => {
    const row = rows.find((one) => one.item === item && one.lot === lot);
    if (row === undefined) return undefined;
    const code = parts.ledger.items.code(item);
    const own = linesOf(row.entry).filter(
      (line) => line.item === code && (line.lotNumber ?? WHOLE_ITEM) === lot,
    );
    const variance = own.reduce((sum, line) => sum + line.variance, 0);
    const cost = own.reduce<number | null>(
      (sum, line) => (sum === null || line.cost === null ? null : sum + line.cost),
      0,
    );
    return { book: row.qty - variance, variance, cost };
  };
}

/** Lines of the posting entry and of all that completes it. */
function readLines({ counts }: Pick<CountParts, 'counts'>, entry: number): CountNoteLine[] {
  const late = counts.lateOf(entry).filter(({ seq }) => counts.stands(seq));
  return [counts.head(entry), ...late].flatMap((head) => readCountNote(head?.note ?? null).lines);
}
