/** SQL of terminals: small numbers for their names. */
import { must } from '#recipes/assert.ts';
import type { Db } from '../db/open.ts';

export type TerminalStore = {
  /** Remembers terminals before their first event. Outside of a transaction. */
  register(names: readonly string[]): void;
  /** The number of a terminal, given out at its first use; a name is never forgotten. */
  number(name: string): number;
  /** The number of a terminal that is known. */
  find(name: string): number | undefined;
  name(number: number): string;
  names(): string[];
};

export function openTerminalStore(db: Db): TerminalStore {
  const insert = db.prepare('INSERT OR IGNORE INTO terminal (name) VALUES (?)');
  const find = db.prepare('SELECT id FROM terminal WHERE name = ?').pluck();
  const all = db.prepare('SELECT id, name FROM terminal ORDER BY id');
  const numbers = new Map<string, number>();
  const names = new Map<number, string>();
  load();

  function load(): void {
    for (const row of all.all() as { id: number; name: string }[]) {
      numbers.set(row.name, row.id);
      names.set(row.id, row.name);
    }
  }

  return {
    register(added) {
      for (const name of added) insert.run(name);
      load();
    },
    number(name) {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      insert.run(name);
      return Number(find.get(name));
    },
    find: (name) => numbers.get(name),
    name: (number) =>
      names.get(number) ??
      must(
        (all.all() as { id: number; name: string }[]).find((row) => row.id === number)?.name,
        `terminal ${number} is not known`,
      ),
    names: () => (all.all() as { id: number; name: string }[]).map((row) => row.name),
  };
}
