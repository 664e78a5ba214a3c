/** SQL of the printers that were set up on the page. */
import type { PrintUse } from '#recipes/contracts/print-command.ts';
import type { Db } from '../db/open.ts';
import type { Printer } from './printer.ts';

export type PrinterStore = {
  /** By name. */
  list(): readonly Printer[];
  put(printer: Printer): void;
  remove(name: string): void;
};

export function openPrinterStore(db: Db): PrinterStore {
  const list = db.prepare('SELECT * FROM printer ORDER BY name');
  const put = db.prepare(
    `INSERT INTO printer (name, url, columns, chinese, uses) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET url = excluded.url, columns = excluded.columns,
       chinese = excluded.chinese, uses = excluded.uses`,
  );
  const remove = db.prepare('DELETE FROM printer WHERE name = ?');
  return {
    list: () =>
      (list.all() as (Omit<Printer, 'uses'> & { uses: string })[]).map((row) => ({
        ...row,
        uses: JSON.parse(row.uses) as PrintUse[],
      })),
    put: ({ name, url, columns, chinese, uses }) =>
      void put.run(name, url, columns, chinese, JSON.stringify(uses)),
    remove: (name) => void remove.run(name),
  };
}
