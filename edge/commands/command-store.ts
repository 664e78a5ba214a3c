/** SQL of commands: what was asked under an id, and what was answered. */
import type { CommandResult } from '#recipes/contracts/command.ts';
import type { Db } from '../db/open.ts';

export type StoredCommand = { readonly content: unknown; readonly result: CommandResult };

export type CommandStore = {
  find(id: string): StoredCommand | undefined;
  insert(id: string, receivedAt: number, content: unknown, result: CommandResult): void;
};

export function openCommandStore(db: Db): CommandStore {
  const find = db.prepare('SELECT content, result FROM command WHERE id = ?');
  const insert = db.prepare(
    'INSERT INTO command (id, received_at, content, result) VALUES (?, ?, ?, ?)',
  );
  return {
    find(id) {
      const row = find.get(id) as { content: string; result: string } | undefined;
      if (row === undefined) return undefined;
      return { content: JSON.parse(row.content), result: JSON.parse(row.result) as CommandResult };
    },
    insert: (id, receivedAt, content, result) => {
      insert.run(id, receivedAt, JSON.stringify(content), JSON.stringify(result));
    },
  };
}
