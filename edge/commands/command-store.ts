/** SQL of commands: what was asked under an id, and what was answered. */
import type { CommandResult } from '#recipes/contracts/command.ts';
import type { Db } from '../db/open.ts';

export type StoredCommand = { readonly content: unknown; readonly result: CommandResult };
export type NewCommand = StoredCommand & {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  /** The paired tablet that sent it; null = the admin token. */
  readonly device: string | null;
};

export type CommandStore = {
  find(id: string): StoredCommand | undefined;
  /** The paired tablet that sent it; null = the admin token, or no such command. */
  deviceOf(id: string): string | null;
  insert(command: NewCommand): void;
  /** What was refused here before was carried out after all. */
  replace(command: NewCommand): void;
};

export function openCommandStore(db: Db): CommandStore {
  const find = db.prepare('SELECT content, result FROM command WHERE id = ?');
  const deviceOf = db.prepare('SELECT device FROM command WHERE id = ?').pluck();
  const into = 'INTO command (id, received_at, content, result, device) VALUES (?, ?, ?, ?, ?)';
  const insert = db.prepare(`INSERT ${into}`);
  const replace = db.prepare(`INSERT OR REPLACE ${into}`);
  return {
    find(id) {
      const row = find.get(id) as { content: string; result: string } | undefined;
      if (row === undefined) return undefined;
      return { content: JSON.parse(row.content), result: JSON.parse(row.result) as CommandResult };
    },
    deviceOf: (id) => (deviceOf.get(id) as string | null | undefined) ?? null,
    insert: (command) => {
      insert.run(...valuesOf(command));
    },
    replace: (command) => {
      replace.run(...valuesOf(command));
    },
  };
}

function valuesOf({ id, receivedAt, content, result, device }: NewCommand) {
  return [id, receivedAt, JSON.stringify(content), JSON.stringify(result), device] as const;
}
