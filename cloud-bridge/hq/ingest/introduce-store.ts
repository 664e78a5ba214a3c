/** What a box says of its store when it is heard of first; what a person wrote stays. */
import type { Pool } from 'pg';
import type { Batch } from '#recipes/contracts/sync.ts';

export async function introduceStore(chain: Pool, store: number, box: Batch['box']): Promise<void> {
  if (box === undefined) return;
  const { name, timezone } = box;
  const names = typeof name === 'string' ? { zh: name, en: name } : name;
  await chain.query(
    `UPDATE store SET name = coalesce(name, $2::jsonb), timezone = coalesce(timezone, $3)
       WHERE id = $1`,
    [store, names === undefined ? null : JSON.stringify(names), timezone ?? null],
  );
}
