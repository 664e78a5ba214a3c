/** Counts (盘点): what was seen on the shelf, and what that changes. */
import type { Handlers } from '../commands/execute.ts';
import type { CountParts } from './count-parts.ts';
import { observe } from './observe.ts';
import { postCount } from './post-count.ts';

type Kinds = 'count.observe' | 'count.post';

/** @param settle brings what arrived late up to date, in the transaction of the command */
export function countCommands(parts: CountParts, settle: () => void): Pick<Handlers, Kinds> {
  return {
    'count.observe': (data, context) => observe(parts, data, context),
    'count.post': (data, context) => postCount(parts, settle, data, context),
  };
}
