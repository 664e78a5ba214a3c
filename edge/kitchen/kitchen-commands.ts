/** What the kitchen does with its goods: waste, trim, batches, opened packs. */
import type { Handlers } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';

type Kinds =
  | 'waste.log'
  | 'consume.log'
  | 'trim.log'
  | 'offcut.use'
  | 'batch.produce'
  | 'lot.open'
  | 'delivery.return'
  | 'barcode.learn';

export function kitchenCommands(): Pick<Handlers, Kinds> {
  const later = () => refuse('unknown_kind', 'not built yet', '尚未实现');
  return {
    'waste.log': later,
    'consume.log': later,
    'trim.log': later,
    'offcut.use': later,
    'batch.produce': later,
    'lot.open': later,
    'delivery.return': later,
    'barcode.learn': later,
  };
}
