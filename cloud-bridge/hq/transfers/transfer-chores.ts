/**
 * What stores note of goods between them, worked off as it arrives. A word is published before it is
 * remembered, and its cause keeps it single: a crash between the two, a batch that comes twice and a life
 * that repeats another's facts all send it once.
 */
import { requisitionNoteSchema, transferNoteSchema } from '#recipes/contracts/transfer-note.ts';
import { readJson } from '../board/notes.ts';
import { publish } from '../catalog/publish.ts';
import type { Chore, ChoreHandler } from '../ingest/chore.ts';
import type { HqParts } from '../parts.ts';
import { foldRequisition } from './fold-requisition.ts';
import { type Down, foldTransfer, type Said } from './fold-transfer.ts';
import { isMainLife } from './life-store.ts';
import { readRequisition, writeRequisition } from './requisition-store.ts';
import { changeTransfer, locked } from './transfer-store.ts';

/** An entry of kind `transfer`. */
export const transferChore: ChoreHandler = async (parts, chore) => {
  const note = transferNoteSchema.safeParse(noteOf(chore.entry.note));
  if (!note.success) return notUnderstood(parts, chore);
  const said = await saidBy(parts, chore);
  const after = await changeTransfer(parts.db.chain, note.data.transfer, async (before) => {
    const folded = foldTransfer(before, note.data, said);
    if (folded) await sendDown(parts, folded.down, chore);
    return folded?.row;
  });
  if (!after) return;
  const { id: transfer, from, to, state } = after;
  parts.wire.tell({ kind: 'transfer', store: said.store, data: { transfer, from, to, state } });
};

/** An entry of kind `requisition`. */
export const requisitionChore: ChoreHandler = async (parts, chore) => {
  const note = requisitionNoteSchema.safeParse(noteOf(chore.entry.note));
  if (!note.success) return notUnderstood(parts, chore);
  const said = await saidBy(parts, chore);
  const { requisition: id } = note.data;
  const folded = await locked(parts.db.chain, `requisition ${id}`, async (client) => {
    const made = foldRequisition(await readRequisition(client, id), note.data, said);
    if (!made) return undefined;
    await sendDown(parts, made.down, chore);
    await writeRequisition(client, made.row);
    return made.row;
  });
  if (!folded) return;
  const { store, kitchen, state } = folded;
  const data = { requisition: id, from: store, to: kitchen, state };
  parts.wire.tell({ kind: 'transfer', store: said.store, data });
};

async function saidBy(parts: HqParts, { store, life, entry }: Chore): Promise<Said> {
  const main = await isMainLife(await parts.db.of(store.id), store.id, life);
  return { store: store.code, at: entry.occurredAt, command: entry.command, main };
}

async function sendDown(parts: HqParts, down: readonly Down[], { entry }: Chore): Promise<void> {
  for (const { kind, stores, payload, cause } of down) {
    await publish(parts, { kind, stores, payload, cause, actor: entry.actor });
  }
}

/** A newer box may say what this version does not know: told, and not tried for ever. */
async function notUnderstood(parts: HqParts, { store, entry }: Chore): Promise<void> {
  parts.log.warn(
    { store: store.code, seq: entry.seq, kind: entry.kind },
    'what a store notes of goods between stores is not understood',
  );
}

function noteOf(text: string | null): unknown {
  try {
    return readJson(text ?? 'null');
  } catch {
    return null;
  }
}
