/** What keeps the sample restaurant supplied: its book, its opening stock, and deliveries when it runs low. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { decimalFromMicro } from '#recipes/amount.ts';
import { durationMs } from '#recipes/book/fields.ts';
import { parseBookText } from '#recipes/book/load.ts';
import type { StockItem, SupplierItem } from '#recipes/kitchen-types.ts';
import type { Box } from '../box.ts';
import { type Ports, randomHex } from '../runtime/ports.ts';

export type Command = { id: string; kind: string; at?: string; data: unknown };

/** Sends commands to the box as any tool would. @throws when one is rejected */
export type Send = (commands: readonly Command[]) => Promise<void>;

const DAY_MS = 86_400_000;
/** The sample has been cooking for a while, so that yesterday's sales have a book, too. */
const BOOK_AGE_MS = 30 * DAY_MS;

type Receipt = {
  supplier?: string;
  ageDays: number;
  lines: { item: string; qty: string; lot: string; expiresIn?: string; price?: string }[];
};

/** The book and the opening stock of the sample, as commands for a ledger that is new. */
export function openingCommands(samples: string, now: number): Command[] {
  const book = parseBookText(readFileSync(join(samples, 'red-braise.yaml'), 'utf8'), 'yaml');
  if (!book.ok) throw new Error(`the sample book cannot be read: ${JSON.stringify(book.problems)}`);
  const validFrom = new Date(now - BOOK_AGE_MS).toISOString();
  const stock = readFileSync(join(samples, 'red-braise-stock.yaml'), 'utf8');
  const { receipts } = parse(stock) as { receipts: Receipt[] };
  return [
    { id: 'demo:book', kind: 'book.adopt', data: { book: book.value, validFrom } },
    ...receipts.map((receipt, i) => openingReceipt(receipt, i, now)),
  ];
}

function openingReceipt(
  { supplier, ageDays, lines }: Receipt,
  index: number,
  now: number,
): Command {
  return {
    id: `demo:opening:${index}`,
    kind: 'delivery.receive',
    at: new Date(now - ageDays * DAY_MS).toISOString(),
    data: {
      ...(supplier === undefined ? {} : { supplier }),
      lines: lines.map(({ expiresIn, ...line }) => ({
        ...line,
        ...(expiresIn === undefined
          ? {}
          : { expiresAt: new Date(now + durationMs(expiresIn)).toISOString() }),
      })),
    },
  };
}

/** Deliveries for what is at or below its safety stock: from its supplier, or from our own pots. */
export function deliveryCommands(box: Box, ports: Ports): Command[] {
  const { ledger, receiving } = box.parts;
  const kitchen = receiving.knowledge.at(ports.now())?.kitchen;
  if (!kitchen) return [];
  const bySupplier = new Map<string, { item: string; qty: string }[]>();
  for (const item of kitchen.items.values()) {
    const number = ledger.items.find(item.id);
    const onHand = number === undefined ? 0 : ledger.shelf.onHand(number);
    if (onHand > item.safety) continue;
    const [supplier, offer] = offerOf(kitchen.suppliers, item.id);
    const lines = bySupplier.get(supplier) ?? [];
    bySupplier.set(supplier, lines);
    lines.push({ item: item.id, qty: decimalFromMicro(upToPar(item, onHand, offer)) });
  }
  return [...bySupplier].map(([supplier, lines]) => ({
    id: `demo:delivery:${randomHex(ports, 8)}`,
    kind: 'delivery.receive',
    data: { ...(supplier === '' ? {} : { supplier }), lines },
  }));
}

type Suppliers = ReadonlyMap<string, { readonly items: readonly SupplierItem[] }>;

/** Who sells an item; an empty name for what the kitchen makes itself. */
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
