/** Counts (盘点): what was seen on the shelf, and what that changes. */
import type { Handlers } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';

type Kinds = 'count.observe' | 'count.post';

export function countCommands(): Pick<Handlers, Kinds> {
  const later = () => refuse('unknown_kind', 'not built yet', '尚未实现');
  return {
    'count.observe': later,
    'count.post': later,
  };
}
