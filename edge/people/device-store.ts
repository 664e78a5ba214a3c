/** SQL of the paired tablets. A row stays after its tablet is locked out: commands name it. */
import type { Db } from '../db/open.ts';

export type Device = {
  readonly device: string;
  readonly name: string;
  readonly station: string | null;
  /** Epoch milliseconds. */
  readonly pairedAt: number;
  /** Since when it is locked out; null = it is not. */
  readonly revokedAt: number | null;
};

export type DeviceStore = {
  /** All there ever were, in the order of their pairing. */
  list(): Device[];
  get(device: string): Device | undefined;
  /** The tablet with this token, unless it is locked out. @param tokenHash SHA-256, hex */
  withToken(tokenHash: string): Device | undefined;
  insert(device: Omit<Device, 'revokedAt'>, tokenHash: string): void;
  rename(device: string, name: string, station: string | null): void;
  revoke(device: string, at: number): void;
};

export function openDeviceStore(db: Db): DeviceStore {
  const columns =
    'id AS device, name, station, paired_at AS pairedAt, revoked_at AS revokedAt FROM device';
  const list = db.prepare(`SELECT ${columns} ORDER BY paired_at, id`);
  const get = db.prepare(`SELECT ${columns} WHERE id = ?`);
  const withToken = db.prepare(`SELECT ${columns} WHERE token_hash = ? AND revoked_at IS NULL`);
  const insert = db.prepare(
    'INSERT INTO device (id, name, station, token_hash, paired_at) VALUES (?, ?, ?, ?, ?)',
  );
  const rename = db.prepare('UPDATE device SET name = ?, station = ? WHERE id = ?');
  const revoke = db.prepare('UPDATE device SET revoked_at = ? WHERE id = ?');
  return {
    list: () => list.all() as Device[],
    get: (device) => get.get(device) as Device | undefined,
    withToken: (tokenHash) => withToken.get(tokenHash) as Device | undefined,
    insert: ({ device, name, station, pairedAt }, tokenHash) => {
      insert.run(device, name, station, tokenHash, pairedAt);
    },
    rename: (device, name, station) => {
      rename.run(name, station, device);
    },
    revoke: (device, at) => {
      revoke.run(at, device);
    },
  };
}
