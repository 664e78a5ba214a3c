/** Purchase orders, as far as receiving needs them. */
import type { Handlers } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';

type Kinds = 'order.create' | 'order.send' | 'order.cancel';

export function orderCommands(): Pick<Handlers, Kinds> {
  const later = () => refuse('unknown_kind', 'not built yet', '尚未实现');
  return {
    'order.create': later,
    'order.send': later,
    'order.cancel': later,
  };
}
