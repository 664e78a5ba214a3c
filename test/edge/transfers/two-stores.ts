/** Two real boxes of one chain, and a stand-in for head office that carries what one says to the other. */

import type { CommandResult } from '#recipes/contracts/command.ts';
import {
  requisitionNoteSchema,
  type TransferNote,
  transferNoteSchema,
} from '#recipes/contracts/transfer-note.ts';
import { auditFile } from '../../../edge/ledger/audit.ts';
import { takersOf } from '../../../edge/transfers/take-down.ts';
import type { TransferParts } from '../../../edge/transfers/transfer-parts.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';

/** The book of both stores. */
export const CHAIN_BOOK = {
  larder: 1,
  currency: 'CNY',
  items: [
    {
      id: 'pork',
      name: { zh: '肉', en: 'Pork' },
      unit: 'g',
      units: { pack: '2 kg' },
      shelfLife: '3d',
    },
    { id: 'rice', name: { zh: '米', en: 'Rice' }, unit: 'g' },
    { id: 'tofu', name: { zh: '豆腐', en: 'Tofu' }, unit: 'g', shelfLife: '2d' },
    { id: 'egg', name: { zh: '蛋', en: 'Egg' }, unit: 'ea' },
  ],
  recipes: [],
  suppliers: [
    {
      id: 'kitchen',
      name: { zh: '中央厨房', en: 'Central kitchen' },
      store: 's1',
      items: [{ item: 'pork', pack: '2 kg' }],
    },
    { id: 'butcher', items: [{ item: 'pork', pack: '2 kg', price: '40.00' }] },
  ],
};

export type Store = TestBox & { readonly code: string };

/** A box of a store that has goods. */
export async function startStore(code: string, book: unknown = CHAIN_BOOK): Promise<Store> {
  const box = await startBox({ book, config: { store: code } });
  return Object.assign(box, { code });
}

/** Carries it out or fails with its refusal. */
export async function must(
  box: TestBox,
  kind: string,
  data: unknown,
  id?: string,
): Promise<CommandResult & { data: Record<string, never> }> {
  const result = await box.command(kind, data, id);
  if (result.status !== 'applied') throw new Error(`${kind}: ${result.code} ${result.message?.en}`);
  return result as CommandResult & { data: Record<string, never> };
}

/** Lots of pork at 0.02 a gram and rice at 0.01. */
export async function stockUp(box: TestBox): Promise<void> {
  await must(box, 'delivery.receive', {
    lines: [
      { item: 'pork', qty: '5 kg', lot: 'P1', price: '20.00', expiresAt: '2030-01-02T00:00:00Z' },
      { item: 'pork', qty: '3 kg', lot: 'P2', price: '22.00', expiresAt: '2030-01-03T00:00:00Z' },
      { item: 'rice', qty: '10 kg', lot: 'R1', price: '10.00' },
    ],
  });
}

/** What the entries of a box say of goods between stores, oldest first. */
export function notesOf(box: TestBox): TransferNote[] {
  const { ledger } = box.box.parts;
  return ledger.entries
    .after(0, 100_000)
    .filter(({ head }) => head.kind === 'transfer')
    .map(({ head }) => transferNoteSchema.parse(JSON.parse(head.note ?? '')));
}

/** The same for requisitions. */
export function askedNotesOf(box: TestBox) {
  const { ledger } = box.box.parts;
  return ledger.entries
    .after(0, 100_000)
    .filter(({ head }) => head.kind === 'requisition')
    .map(({ head }) => requisitionNoteSchema.parse(JSON.parse(head.note ?? '')));
}

/** Head office says something to a box, past its signatures. */
export function tell(box: TestBox, kind: string, payload: unknown) {
  const { ledger, transfers } = box.box.parts;
  return ledger.transact(() => takers(kind, transfers)(payload, Date.now()));
}

/** What is in a place of a box, by item; millionths. */
export function inPlace(box: TestBox, item: string, place: number): number {
  const { ledger } = box.box.parts;
  const number = ledger.items.find(item);
  return number === undefined ? 0 : ledger.shelf.inPlace(number, place);
}

/** Every breach that fsck finds. */
export function breaches(box: TestBox): string[] {
  const report = auditFile(box.box.parts.file, { full: true });
  return report.checks.flatMap(({ id, breaches: list }) =>
    list.map(({ where, detail }) => `${id}: ${where} ${detail}`),
  );
}

function takers(kind: string, parts: TransferParts) {
  const all = takersOf(parts);
  const take = all[kind as keyof typeof all];
  if (!take) throw new Error(`nobody takes ${kind}`);
  return take;
}
