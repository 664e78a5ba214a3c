/** Every route the box has, one row each: a test compares them with what is registered, both ways. */

import { CATALOG_ROUTES } from './api-catalog.ts';
import type { Route } from './api-route.ts';
import { BOOK_FILE_ROUTES } from './api-routes-book.ts';
import { COUNT_ROUTES } from './api-routes-counts.ts';
import { FEED_ROUTES } from './api-routes-feed.ts';
import { KITCHEN_ROUTES } from './api-routes-kitchen.ts';
import { ORDER_ROUTES } from './api-routes-orders.ts';
import { PEOPLE_ROUTES } from './api-routes-people.ts';
import { PRINT_ROUTES } from './api-routes-print.ts';
import { READ_ROUTES } from './api-routes-read.ts';
import { SETUP_ROUTES } from './api-routes-setup.ts';
import { STATE_ROUTES } from './api-routes-state.ts';
import { SUGGESTION_ROUTES } from './api-routes-suggestions.ts';
import { TRANSFER_ROUTES } from './api-routes-transfers.ts';
import { WRITE_ROUTES } from './api-routes-write.ts';

export const ROUTES: readonly Route[] = [
  ...WRITE_ROUTES,
  ...BOOK_FILE_ROUTES,
  ...CATALOG_ROUTES,
  ...READ_ROUTES,
  ...KITCHEN_ROUTES,
  ...ORDER_ROUTES,
  ...TRANSFER_ROUTES,
  ...COUNT_ROUTES,
  ...SUGGESTION_ROUTES,
  ...PRINT_ROUTES,
  ...STATE_ROUTES,
  ...PEOPLE_ROUTES,
  ...SETUP_ROUTES,
  ...FEED_ROUTES,
];
