/** Who works here, and which tablets are theirs. */
import type { Handlers } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';

type Kinds = 'user.add' | 'user.edit' | 'user.remove' | 'device.edit' | 'device.revoke';

export function peopleCommands(): Pick<Handlers, Kinds> {
  const later = () => refuse('unknown_kind', 'not built yet', '尚未实现');
  return {
    'user.add': later,
    'user.edit': later,
    'user.remove': later,
    'device.edit': later,
    'device.revoke': later,
  };
}
