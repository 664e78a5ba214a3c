/** What stores say became of a version: their entries of kind `catalog`, worked off as they come. */
import { z } from 'zod';
import { storedInstant } from '../board/instants.ts';
import { readJson } from '../board/notes.ts';
import type { ChoreHandler } from '../ingest/chore.ts';
import { putAdoption } from './catalog-store.ts';

const noteSchema = z.looseObject({
  version: z.int().min(1).max(2_147_483_647),
  kind: z.string(),
  state: z.string().max(16),
});

/** Handler for entries of kind `catalog`. */
export const noteAdoption: ChoreHandler = async (parts, { store, entry }) => {
  const note = noteSchema.safeParse(parsed(entry.note));
  if (!note.success) return;
  const { version, state, ...detail } = note.data;
  const at = storedInstant(entry.recordedAt) ?? '';
  await putAdoption(parts.db.chain, { version, store: store.code, state, at, detail });
  const data = { version, state, kind: note.data.kind };
  parts.wire.tell({ kind: 'adoption', store: store.code, data });
};

function parsed(note: string | null): unknown {
  try {
    return readJson(note ?? 'null');
  } catch {
    return undefined;
  }
}
