/** All routes of head office, part by part. A part adds its rows in a file of its own. */
import { ACCESS_ROWS } from './access-rows.ts';
import { BOARD_ROWS } from './board-rows.ts';
import { CATALOG_ROWS } from './catalog-rows.ts';
import { ORDER_ROWS } from './order-rows.ts';
import { REPORT_ROWS } from './report-rows.ts';
import type { HqRoute } from './route.ts';
import { SYNC_ROWS } from './sync-rows.ts';
import { SYSTEM_ROWS } from './system-rows.ts';
import { TRANSFER_ROWS } from './transfer-rows.ts';

/** In the order of the document. */
export const ROUTES: readonly HqRoute[] = [
  ...SYNC_ROWS,
  ...BOARD_ROWS,
  ...REPORT_ROWS,
  ...ORDER_ROWS,
  ...CATALOG_ROWS,
  ...TRANSFER_ROWS,
  ...ACCESS_ROWS,
  ...SYSTEM_ROWS,
];
