/** A slip that was printed before says so on every page of it. */
import { centred, cutText } from './layout.ts';
import { showable } from './letters.ts';
import { checkedSlip } from './paper.ts';
import type { Slip, SlipLine } from './slip.ts';
import { word } from './slip-words.ts';

/** The same slip, marked on top of each page. @param when as it is to stand on the paper: "11-22 21:40" */
export function reprintOf(slip: Slip, when: string): Slip {
  const text = showable(word(slip.language, 'reprint', when));
  const mark: SlipLine = {
    kind: 'text',
    text: centred(cutText(text, slip.columns), slip.columns),
    size: 1,
    bold: true,
  };
  const lines = slip.lines.flatMap((line, i) =>
    line.kind === 'cut' && i < slip.lines.length - 1 ? [line, mark] : [line],
  );
  return checkedSlip({ ...slip, lines: [mark, ...lines] });
}
