/**
 * Delivers what waits, again and again with growing pauses, until it is accepted or given up. A
 * webhook to which nothing has got through for days is disabled, and says so.
 */
import type { Timer } from '../../../edge/runtime/ports.ts';
import type { HqParts } from '../parts.ts';
import { postWebhook } from './post-webhook.ts';
import {
  type Due,
  deliveryDone,
  deliveryFailed,
  disableDead,
  disableGone,
  forgetDeliveries,
  giveUpWaiting,
  takeDue,
} from './sending-store.ts';

/** Pauses before each further try, in seconds: as Standard Webhooks suggests, about three days in all. */
export const RETRIES_S: readonly number[] = [
  5,
  5 * 60,
  30 * 60,
  2 * 3_600,
  5 * 3_600,
  10 * 3_600,
  14 * 3_600,
  20 * 3_600,
  24 * 3_600,
];
/** Nothing has got through for so long: disabled. */
const DEAD_S = 5 * 86_400;
/** What has ended is kept for so long, and what nobody could send waits for so long. */
const KEPT_DAYS = 30;
/** Webhooks that are called at once. */
const AT_ONCE = 20;
/** Longer than any call takes. */
const LEASE_S = 60;
const ROUND_MS = 1_000;
const TIDY_MS = 3_600_000;
/** Told on the wire after deliveries were written. */
export const DELIVERIES_EVENT = 'deliveries';

export function sendingLoop(parts: HqParts): Timer {
  const { db, log, ports, wire } = parts;
  const busy = new Set<number>();
  let running = false;
  let again = false;
  let stopped = false;

  async function deliver(due: Due): Promise<void> {
    busy.add(due.webhook);
    try {
      await deliverOne(parts, due);
    } catch (error) {
      log.warn({ err: error, webhook: due.webhook }, 'a delivery waits');
    } finally {
      busy.delete(due.webhook);
      run();
    }
  }

  async function round(): Promise<void> {
    do {
      again = false;
      const room = AT_ONCE - busy.size;
      if (room <= 0) return;
      const due = await takeDue(db.chain, room, LEASE_S, [...busy]);
      for (const one of due) void deliver(one);
    } while (again && !stopped);
  }

  function run(): void {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = true;
    round()
      .catch((error: unknown) => log.warn({ err: error }, 'deliveries wait'))
      .finally(() => {
        running = false;
      });
  }

  const loop = ports.every(ROUND_MS, run);
  const tidy = ports.every(TIDY_MS, () => {
    tidyUp(parts).catch((error: unknown) => log.warn({ err: error }, 'deliveries are kept longer'));
  });
  const deaf = wire.listen((event) => {
    if (event.kind === DELIVERIES_EVENT) run();
  });
  return {
    cancel() {
      stopped = true;
      loop.cancel();
      tidy.cancel();
      deaf();
    },
  };
}

async function deliverOne(parts: HqParts, due: Due): Promise<void> {
  const { db, log, ports, config } = parts;
  const posted = await postWebhook(due, {
    now: ports.now(),
    allowPrivate: config.webhookPrivate ?? false,
  });
  if (posted.ok) return deliveryDone(db.chain, due);
  const againS = posted.gone ? null : (RETRIES_S[due.attempts - 1] ?? null);
  await deliveryFailed(db.chain, due, posted.error, againS);
  const { webhook, id, attempts } = due;
  log.info(
    { webhook, event: id, attempts, error: posted.error, againS },
    'a webhook did not take it',
  );
  if (!posted.gone) return;
  await disableGone(db.chain, webhook);
  notice(parts, webhook, posted.error);
}

async function tidyUp(parts: HqParts): Promise<void> {
  for (const { id, failing_since } of await disableDead(parts.db.chain, DEAD_S)) {
    notice(parts, id, `nothing has got through since ${failing_since.toISOString()}`);
  }
  await giveUpWaiting(parts.db.chain, KEPT_DAYS);
  await forgetDeliveries(parts.db.chain, KEPT_DAYS);
}

/** Whoever looks at the board sees it, and the log has it. */
function notice({ log, wire }: HqParts, webhook: number, why: string): void {
  log.warn({ webhook, why }, 'a webhook was disabled: enable it again when its address works');
  wire.tell({ kind: 'webhook', store: '*', data: { webhook, disabled: true, why } });
}
