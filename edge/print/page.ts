/**
 * A slip as it leaves the printer: every page with the number of its job, so that a paper in the hand can
 * be found in the list, and, when it may be on paper already, with the word REPRINT and the time.
 */
import { reprintOf } from '#recipes/slips/reprint.ts';
import type { Slip, SlipLine } from '#recipes/slips/slip.ts';

export type PageMark = {
  readonly job: number;
  /** Copy 2 of 3. */
  readonly copy: number;
  readonly copies: number;
  /** When a reprint was made, as the store writes it: "11-22 21:36"; null = this is the first. */
  readonly reprint: string | null;
};

/** The slip with its marks. */
export function pageOf(slip: Slip, { job, copy, copies, reprint }: PageMark): Slip {
  const marked = reprint === null ? slip : reprintOf(slip, reprint);
  const text = copies > 1 ? `#${job} ${copy}/${copies}` : `#${job}`;
  const foot: SlipLine = { kind: 'text', text, size: 1, bold: false };
  const lines = marked.lines.flatMap((line): SlipLine[] =>
    line.kind === 'cut' ? [foot, line] : [line],
  );
  const isCut = marked.lines.at(-1)?.kind === 'cut';
  return { ...marked, lines: isCut ? lines : [...lines, foot] };
}
