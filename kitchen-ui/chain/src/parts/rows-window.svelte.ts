import type { Attachment } from 'svelte/attachments';

/** Which rows of a long list are drawn, and how much room those before and after take. */
export type Shown = {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
  readonly columns: number;
};

/** Rows drawn beyond each edge, so that a key or a wheel never meets an empty place. */
const OVERSCAN = 3;

/**
 * Draws of a list only what is in sight: a thousand tiles cost as much as thirty. All rows are
 * equally high; whatever scrolls around the list is followed (`data-scrolls-rows`, else the page).
 */
export class RowsWindow {
  /** Of the list, px. */
  width = $state(0);
  /** Where the visible part begins and ends, px from the top of the list. */
  top = $state(0);
  bottom = $state(1_200);

  /** For the element that holds the rows. */
  readonly watch: Attachment<HTMLElement> = (node) => {
    let due = 0;
    const measure = () => {
      due = 0;
      const scroller = node.closest('[data-scrolls-rows], main')?.getBoundingClientRect();
      const box = node.getBoundingClientRect();
      const top = Math.max(0, scroller?.top ?? 0);
      const bottom = Math.min(window.innerHeight, scroller?.bottom ?? window.innerHeight);
      this.width = box.width;
      this.top = top - box.top;
      this.bottom = bottom - box.top;
    };
    const soon = () => {
      due ||= requestAnimationFrame(measure);
    };
    measure();
    const observer = new ResizeObserver(soon);
    observer.observe(node);
    document.addEventListener('scroll', soon, { capture: true, passive: true });
    window.addEventListener('resize', soon);
    return () => {
      cancelAnimationFrame(due);
      observer.disconnect();
      document.removeEventListener('scroll', soon, { capture: true });
      window.removeEventListener('resize', soon);
    };
  };

  /**
   * @param row height of a row with the gap below it, px
   * @param least width of a tile with its gap, px; 0 = one in a row
   */
  of(count: number, row: number, least = 0): Shown {
    const columns = least === 0 ? 1 : Math.max(1, Math.floor(this.width / least));
    const rows = Math.ceil(count / columns);
    const first = Math.min(rows, Math.max(0, Math.floor(this.top / row) - OVERSCAN));
    const last = Math.max(first, Math.min(rows, Math.ceil(this.bottom / row) + OVERSCAN));
    return {
      from: first * columns,
      to: Math.min(count, last * columns),
      before: first * row,
      after: (rows - last) * row,
      columns,
    };
  }
}
