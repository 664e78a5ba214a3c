/** A long list on several papers, each with the head of the list on top, so that none is lost unseen. */
import type { SlipLine } from './slip.ts';

export type Pages = {
  /** Lines that stay together: an item and its why; a heading is put to what follows it. */
  readonly blocks: readonly (readonly SlipLine[])[];
  readonly head: (page: number, of: number) => readonly SlipLine[];
  /** Below the last block, on the last page. */
  readonly foot: readonly SlipLine[];
  /** Lines of blocks on one page; a block that is longer stands alone. */
  readonly most: number;
};

/** All pages one below the other, a cut after each. */
export function pagesOf({ blocks, head, foot, most }: Pages): SlipLine[] {
  const pages: SlipLine[][] = [[]];
  for (const block of blocks) {
    const page = pages.at(-1) ?? [];
    if (page.length > 0 && page.length + block.length > most) pages.push([...block]);
    else page.push(...block);
  }
  const cut: SlipLine = { kind: 'cut' };
  return pages.flatMap((page, i) => {
    const isLast = i === pages.length - 1;
    return [...head(i + 1, pages.length), ...page, ...(isLast ? foot : []), cut];
  });
}
