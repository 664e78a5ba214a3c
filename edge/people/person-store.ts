/** SQL of who works here. A person who left keeps the row: entries name them. */
import type { Role } from '#recipes/contracts/people-command.ts';
import type { Db } from '../db/open.ts';

export type Person = {
  /** What entries call them. */
  readonly user: string;
  readonly name: string;
  readonly role: Role;
  /** How a PIN or badge is recognised (see `runtime/kept-secret.ts`); null = has none. */
  readonly pin: string | null;
  readonly badge: string | null;
};

export type PersonStore = {
  /** Those who work here now, by id. */
  list(): Person[];
  /** One who works here now. */
  get(user: string): Person | undefined;
  /** Adds or replaces; somebody who had left is back. */
  put(person: Person): void;
  /** Forgets PIN and badge, keeps the name. */
  remove(user: string): void;
};

export function openPersonStore(db: Db): PersonStore {
  const columns = 'id AS user, name, role, pin, badge';
  const list = db.prepare(`SELECT ${columns} FROM person WHERE removed = 0 ORDER BY id`);
  const get = db.prepare(`SELECT ${columns} FROM person WHERE removed = 0 AND id = ?`);
  const put = db.prepare(
    `INSERT INTO person (id, name, role, pin, badge) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role,
          pin = excluded.pin, badge = excluded.badge, removed = 0`,
  );
  const remove = db.prepare('UPDATE person SET removed = 1, pin = NULL, badge = NULL WHERE id = ?');
  return {
    list: () => list.all() as Person[],
    get: (user) => get.get(user) as Person | undefined,
    put: ({ user, name, role, pin, badge }) => {
      put.run(user, name, role, pin, badge);
    },
    remove: (user) => {
      remove.run(user);
    },
  };
}
