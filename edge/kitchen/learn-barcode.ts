/** A barcode nobody knew gets its item once, and is known from then on. */
import type { BarcodeLearn } from '#recipes/contracts/kitchen-command.ts';
import type { Carried, CommandContext } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import type { BarcodeStore } from './barcode-store.ts';
import { unknownItem } from './find-goods.ts';
import { bookAt, isRefusal, type KitchenParts } from './kitchen-parts.ts';

export function learnBarcode(
  parts: KitchenParts & { readonly barcodes: BarcodeStore },
  data: BarcodeLearn,
  context: CommandContext,
): Carried {
  const inForce = bookAt(parts, context.now);
  if (isRefusal(inForce)) return inForce;
  const item = inForce.kitchen.items.get(data.item);
  if (!item) return unknownItem(data.item);
  if (data.unit !== undefined) item.convert(`1 ${data.unit}`);
  const seq = appendOfCommand(parts, { kind: 'barcode', note: data }, context);
  parts.barcodes.learn(seq, { code: data.barcode, item: data.item, unit: data.unit ?? null });
  return { ok: true, seq };
}
