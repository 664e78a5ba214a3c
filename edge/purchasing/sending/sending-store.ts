/** SQL of messages to suppliers: what waits, what was accepted, what was given up. */
import type { Db } from '../../db/open.ts';

/** An order stays this long before its message goes out: the ring on the screen in which it is cancelled. */
export const RING_MS = 3_000;
/** How long a message is tried at least; to the cut-off when that is later. */
export const GIVE_UP_MS = 3_600_000;

/** No message waits longer for its next attempt: one that seems to was stored before the clock went back. */
export const PAUSE_MAX_MS = 600_000;

/** How a message goes. */
export type MessageChannel = 'email' | 'webhook' | 'chat';
/** Whose group robot. */
export type Robot = 'wecom' | 'dingtalk' | 'feishu';

/** A message that is to go out. Times are epoch milliseconds. */
export type NewSending = {
  readonly order: string;
  /** Entry that asked for it. */
  readonly entry: number;
  /** Of the order; its number and revision are the id by which a receiver knows it again. */
  readonly revision: number;
  readonly what: 'order' | 'cancel';
  readonly channel: MessageChannel;
  readonly robot: Robot | null;
  /** As in the book; an address with a secret in it stands in secrets.json. */
  readonly target: string;
  readonly language: 'zh' | 'en';
  readonly createdAt: number;
  readonly nextAt: number;
  readonly giveUpAt: number;
};

/** A message and how far it got. */
export type StoredSending = Omit<NewSending, 'nextAt'> & {
  readonly id: number;
  readonly state: 'waiting' | 'sent' | 'failed';
  readonly attempts: number;
  readonly nextAt: number | null;
  readonly endedAt: number | null;
  /** A code, or what the other side said. */
  readonly error: string | null;
};

/** Reads and writes messages to suppliers. */
export type SendingStore = {
  insert(sending: NewSending): number;
  get(id: number): StoredSending | undefined;
  /** Oldest first. */
  ofOrder(order: string): StoredSending[];
  /** Those whose time has come, the longest waiting first. */
  due(now: number, limit: number): StoredSending[];
  /** The newest of each order that failed, while the order stands approved, sent or cancelled. */
  failed(): StoredSending[];
  /** Notes an attempt before it is made: after a crash nobody knows whether it arrived. */
  attempted(id: number): void;
  later(id: number, nextAt: number, error: string): void;
  end(id: number, state: 'sent' | 'failed', at: number, error: string | null): void;
  /** Nothing of an order goes out any more. @param why a code */
  stop(order: string, why: 'changed' | 'cancelled' | 'replaced', at: number): void;
};

const COLUMNS = `id, purchase AS "order", entry, revision, what, channel, robot, target, language, state,
  attempts, created_at AS createdAt, next_at AS nextAt, give_up_at AS giveUpAt, ended_at AS endedAt, error`;

/** Of the box's own connection, or of one that only reads. */
export function openSendingStore(db: Db): SendingStore {
  const insert = db.prepare(
    `INSERT INTO sending (purchase, entry, revision, what, channel, robot, target, language, state,
        created_at, next_at, give_up_at)
     VALUES (@order, @entry, @revision, @what, @channel, @robot, @target, @language, 'waiting',
        @createdAt, @nextAt, @giveUpAt)`,
  );
  const select = `SELECT ${COLUMNS} FROM sending`;
  const get = db.prepare(`${select} WHERE id = ?`);
  const ofOrder = db.prepare(`${select} WHERE purchase = ? ORDER BY id`);
  const due = db.prepare(
    `${select} WHERE state = 'waiting' AND (next_at <= @now OR next_at > @now + ${PAUSE_MAX_MS})
      ORDER BY next_at, id LIMIT @limit`,
  );
  const failed = db.prepare(
    `${select} s WHERE state = 'failed' AND error NOT IN ('changed', 'cancelled', 'replaced')
       AND id = (SELECT max(id) FROM sending WHERE purchase = s.purchase) ORDER BY id`,
  );
  const attempted = db.prepare('UPDATE sending SET attempts = attempts + 1 WHERE id = ?');
  const later = db.prepare(
    "UPDATE sending SET next_at = ?, error = ? WHERE id = ? AND state = 'waiting'",
  );
  const end = db.prepare(
    'UPDATE sending SET state = ?, ended_at = ?, error = ?, next_at = NULL WHERE id = ?',
  );
  const stop = db.prepare(
    `UPDATE sending SET state = 'failed', ended_at = ?, error = ?, next_at = NULL
      WHERE purchase = ? AND state = 'waiting'`,
  );
  return {
    insert: (sending) => Number(insert.run(pick(sending)).lastInsertRowid),
    get: (id) => get.get(id) as StoredSending | undefined,
    ofOrder: (order) => ofOrder.all(order) as StoredSending[],
    due: (now, limit) => due.all({ now, limit }) as StoredSending[],
    failed: () => failed.all() as StoredSending[],
    attempted: (id) => {
      attempted.run(id);
    },
    later: (id, nextAt, error) => {
      later.run(nextAt, error, id);
    },
    end: (id, state, at, error) => {
      end.run(state, at, error, id);
    },
    stop: (order, why, at) => {
      stop.run(at, why, order);
    },
  };
}

/** The columns alone: a stored row may be handed over as the pattern of a new one. */
function pick(sending: NewSending): NewSending {
  const { order, entry, revision, what, channel, robot, target, language } = sending;
  const { createdAt, nextAt, giveUpAt } = sending;
  const times = { createdAt, nextAt, giveUpAt };
  return { order, entry, revision, what, channel, robot, target, language, ...times };
}
