/** All routes of head office, part by part. A part adds its rows in a file of its own. */
import { CATALOG_ROWS } from './catalog-rows.ts';
import type { HqRoute } from './route.ts';
import { TRANSFER_ROWS } from './transfer-rows.ts';

/** In the order of the document. */
export const ROUTES: readonly HqRoute[] = [...CATALOG_ROWS, ...TRANSFER_ROWS];
