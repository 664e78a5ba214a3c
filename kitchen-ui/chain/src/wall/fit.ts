/** How many tiles of which size fill a wall. */
export type Fit = { readonly columns: number; readonly rows: number };

/** Wider than high by this much. */
const SHAPE = 1.75;
/** Below this a tile is not read from across the room, px. */
const LEAST_WIDTH = 208;

/**
 * The fewest columns with which all tiles fit; when not even the smallest ones do, as many of those
 * as there is room for. Where only one stands beside another the page scrolls: all of them.
 */
export function fitTiles(count: number, width: number, height: number, gap: number): Fit {
  const most = Math.max(1, Math.floor((width + gap) / (LEAST_WIDTH + gap)));
  if (most === 1) return { columns: 1, rows: count };
  let fit: Fit = { columns: 1, rows: 1 };
  for (let columns = 2; columns <= most; columns += 1) {
    const tile = (width - gap * (columns - 1)) / columns;
    const rows = Math.max(1, Math.floor((height + gap) / (tile / SHAPE + gap)));
    fit = { columns, rows };
    if (columns * rows >= count) break;
  }
  return fit;
}
