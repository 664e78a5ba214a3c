/** Every route the box has, one row each: a test compares them with what is registered, both ways. */
import type { Route } from './api-route.ts';
import { READ_ROUTES } from './api-routes-read.ts';
import { STATE_ROUTES } from './api-routes-state.ts';
import { WRITE_ROUTES } from './api-routes-write.ts';

export const ROUTES: readonly Route[] = [...WRITE_ROUTES, ...READ_ROUTES, ...STATE_ROUTES];
