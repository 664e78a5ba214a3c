/** What the kitchen does with its goods: waste, trim, batches, opened packs, deliveries. */
import type { Handlers } from '../commands/execute.ts';
import type { BarcodeStore } from './barcode-store.ts';
import type { KitchenParts } from './kitchen-parts.ts';
import { learnBarcode } from './learn-barcode.ts';
import { logTrim } from './log-trim.ts';
import { logConsumption, logWaste } from './log-waste.ts';
import { openLot } from './open-lot.ts';
import { produceBatch } from './produce-batch.ts';
import { type OrderReceipts, receiveDelivery } from './receive-delivery.ts';
import { returnDelivery } from './return-delivery.ts';
import { useOffcut } from './use-offcut.ts';
import type { WasteStore } from './waste-store.ts';

type Kinds =
  | 'waste.log'
  | 'consume.log'
  | 'trim.log'
  | 'offcut.use'
  | 'batch.produce'
  | 'lot.open'
  | 'delivery.receive'
  | 'delivery.return'
  | 'barcode.learn';

export type KitchenCommandParts = KitchenParts & {
  readonly wasted: WasteStore;
  readonly barcodes: BarcodeStore;
  readonly orders: OrderReceipts;
};

export function kitchenCommands(parts: KitchenCommandParts): Pick<Handlers, Kinds> {
  return {
    'waste.log': (data, context) => logWaste(parts, data, context),
    'consume.log': (data, context) => logConsumption(parts, data, context),
    'trim.log': (data, context) => logTrim(parts, data, context),
    'offcut.use': (data, context) => useOffcut(parts, data, context),
    'batch.produce': (data, context) => produceBatch(parts, data, context),
    'lot.open': (data, context) => openLot(parts, data, context),
    'delivery.receive': (data, context) => receiveDelivery(parts, data, context),
    'delivery.return': (data, context) => returnDelivery(parts, data, context),
    'barcode.learn': (data, context) => learnBarcode(parts, data, context),
  };
}
