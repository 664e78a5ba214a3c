/** SQL of the balances, and of the lots behind them. */
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { LotState } from '#recipes/stock/allocate.ts';
import type { Db } from '../db/open.ts';
import { Fault } from '../runtime/fault.ts';

export type BalanceRow = {
  readonly item: number;
  readonly place: number;
  readonly amount: number;
  readonly state: Omit<LotState, 'amount'>;
};

export type BalanceStore = {
  all(): BalanceRow[];
  /** @throws Fault `lot_missing` when no such lot of the item was ever received */
  lot(item: number, lot: number): Omit<LotState, 'amount'>;
  /** Writes a balance; an empty stock lot loses its row, so that reading stock never slows down. */
  write(item: number, place: number, lot: number, amount: number): void;
};

type LotRow = {
  id: number;
  opened_at: number | null;
  expires_at: number | null;
  received_at: number;
};

export function openBalanceStore(db: Db): BalanceStore {
  const all = db.prepare(
    `SELECT b.item, b.place, b.lot, b.amount, l.opened_at, l.expires_at, l.received_at
       FROM balance b LEFT JOIN lot l ON l.id = b.lot`,
  );
  const lot = db.prepare(
    'SELECT id, opened_at, expires_at, received_at FROM lot WHERE id = ? AND item = ?',
  );
  const upsert = db.prepare(
    `INSERT INTO balance (item, place, lot, amount) VALUES (?, ?, ?, ?)
       ON CONFLICT (item, place, lot) DO UPDATE SET amount = excluded.amount`,
  );
  const remove = db.prepare('DELETE FROM balance WHERE item = ? AND place = ? AND lot = ?');
  return {
    all: () =>
      all.all().map((value) => {
        const row = value as LotRow & { item: number; place: number; lot: number; amount: number };
        return {
          item: row.item,
          place: row.place,
          amount: row.amount,
          state: row.lot === UNALLOCATED ? UNALLOCATED_STATE : stateOf({ ...row, id: row.lot }),
        };
      }),
    lot(item, id) {
      if (id === UNALLOCATED) return UNALLOCATED_STATE;
      const row = lot.get(id, item) as LotRow | undefined;
      if (row === undefined) {
        throw new Fault('lot_missing', `lot ${id} of item ${item} does not exist`, {
          retryable: false,
        });
      }
      return stateOf(row);
    },
    write(item, place, lotId, amount) {
      if (amount === 0 && place === PLACES.stock) remove.run(item, place, lotId);
      else upsert.run(item, place, lotId, amount);
    },
  };
}

const UNALLOCATED_STATE = {
  lot: UNALLOCATED,
  openedAt: null,
  expiresAt: null,
  receivedAt: 0,
} as const;

function stateOf(row: LotRow): Omit<LotState, 'amount'> {
  return {
    lot: row.id,
    openedAt: row.opened_at,
    expiresAt: row.expires_at,
    receivedAt: row.received_at,
  };
}
