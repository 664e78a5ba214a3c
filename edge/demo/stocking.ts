/** What keeps the sample restaurant supplied when it runs low: deliveries, and batches from its own pots. */
import { decimalFromMicro } from '#recipes/amount.ts';
import type { StockItem, SupplierItem } from '#recipes/kitchen-types.ts';
import type { Box } from '../box.ts';
import { type Ports, randomHex } from '../runtime/ports.ts';
import type { SampleCommand } from '../setup/sample.ts';

/** Sends commands to the box as any tool would. @throws when one is rejected */
export type Send = (commands: readonly SampleCommand[]) => Promise<void>;

/** For what is at or below its safety stock: a batch of what is made here, a delivery of the rest. */
export function deliveryCommands(box: Box, ports: Ports): SampleCommand[] {
  const { ledger, receiving } = box.parts;
  const kitchen = receiving.knowledge.at(ports.now())?.kitchen;
  if (!kitchen) return [];
  const bySupplier = new Map<string, { item: string; qty: string }[]>();
  const batches: SampleCommand[] = [];
  for (const item of kitchen.items.values()) {
    const number = ledger.items.find(item.id);
    const onHand = number === undefined ? 0 : ledger.shelf.onHand(number);
    // Offcuts come from trimming, never from a supplier.
    if (onHand > item.safety || item.category === 'offcut') continue;
    const [supplier, offer] = offerOf(kitchen.suppliers, item.id);
    if (item.made) {
      const qty = decimalFromMicro(upToPar(item, onHand, undefined));
      const id = `demo:batch:${randomHex(ports, 8)}`;
      batches.push({ id, kind: 'batch.produce', data: { recipe: item.id, qty } });
      continue;
    }
    const lines = bySupplier.get(supplier) ?? [];
    bySupplier.set(supplier, lines);
    lines.push({ item: item.id, qty: decimalFromMicro(upToPar(item, onHand, offer)) });
  }
  const deliveries = [...bySupplier].map(([supplier, lines]) => ({
    id: `demo:delivery:${randomHex(ports, 8)}`,
    kind: 'delivery.receive',
    data: { ...(supplier === '' ? {} : { supplier }), lines },
  }));
  return [...deliveries, ...batches];
}

type Suppliers = ReadonlyMap<string, { readonly items: readonly SupplierItem[] }>;

/** Who sells an item; an empty name when nobody does. */
function offerOf(suppliers: Suppliers, item: string): [string, SupplierItem | undefined] {
  for (const [id, supplier] of suppliers) {
    const offer = supplier.items.find((one) => one.item === item);
    if (offer) return [id, offer];
  }
  return ['', undefined];
}

/** Whole packs up to par. A book that says no par gets a thousand base units. */
function upToPar(item: StockItem, onHand: number, offer: SupplierItem | undefined): number {
  const target = item.par > item.safety ? item.par : item.safety * 3 || 1_000_000_000;
  const pack = offer?.pack ?? 1_000_000;
  return Math.ceil((target - onHand) / pack) * pack;
}
