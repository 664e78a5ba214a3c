/**
 * What happens is heard in every receiver: here at once, elsewhere over NOTIFY of the chain's
 * database. What was told while a connection was down is lost to the others: this receiver says to
 * itself that it hears again, open boards reconnect and read the state, and nothing that matters hangs
 * on it.
 */
import { Client } from 'pg';
import type { Log } from '../../../edge/runtime/log.ts';
import { type Ports, randomHex, type Timer } from '../../../edge/runtime/ports.ts';
import type { ChainEvent, Databases, Wire } from '../parts.ts';

export type OpenWire = Wire & { close(): Promise<void> };

/** Kind of what a receiver tells only itself: from now on it hears the others, and may have missed something. */
export const HEARS_AGAIN = 'hears_again';

/** Listens when the promise is kept, or tries on when the database did not let it at once. */
export async function openWire(
  url: string,
  db: Pick<Databases, 'chain'>,
  ports: Ports,
  log: Log,
): Promise<OpenWire> {
  const self = randomHex(ports, 8);
  const hearers = new Set<(event: ChainEvent) => void>();
  const ear = await openEar(url, ports, log, {
    hear(payload) {
      const { from, event } = JSON.parse(payload) as { from: string; event: ChainEvent };
      if (from !== self) hearAll(event);
    },
    hearsAgain: () => hearAll({ kind: HEARS_AGAIN, store: '*', data: {} }),
  });
  let waiting: string[] = [];

  function hearAll(event: ChainEvent): void {
    for (const hear of hearers) {
      try {
        hear(event);
      } catch (error) {
        log.error({ err: error, kind: event.kind }, 'somebody could not hear what happened');
      }
    }
  }

  /** What is told within one turn of the event loop leaves in one statement. */
  function send(): void {
    const payloads = waiting;
    waiting = [];
    db.chain
      .query(`SELECT pg_notify('${CHANNEL}', payload) FROM unnest($1::text[]) AS payload`, [
        payloads,
      ])
      .catch((error: unknown) => {
        if (!db.chain.ending) log.warn({ err: error }, 'other receivers were not told');
      });
  }

  return {
    tell(event) {
      hearAll(event);
      const payload = JSON.stringify({ from: self, event });
      if (Buffer.byteLength(payload) > PAYLOAD_MAX) {
        log.warn({ kind: event.kind }, 'too much to tell other receivers');
        return;
      }
      waiting.push(payload);
      if (waiting.length === 1) ports.soon(send);
    },
    listen(hear) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    close: () => ear.close(),
  };
}

const CHANNEL = 'larder';
/** PostgreSQL refuses 8,000 bytes and more. */
const PAYLOAD_MAX = 7_900;
const AGAIN_MS = 1_000;

type Hearer = { hear(payload: string): void; hearsAgain(): void };

/** Listens on a connection of its own, again and again. */
async function openEar(url: string, ports: Ports, log: Log, { hear, hearsAgain }: Hearer) {
  let closed = false;
  let client: Client | undefined;
  let again: Timer | undefined;

  function retry(): void {
    if (closed || again !== undefined) return;
    again = ports.after(AGAIN_MS, () => {
      again = undefined;
      void connect().then((hears) => hears && hearsAgain());
    });
  }

  function deaf(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    if (!closed) log.warn({ why }, 'not told by other receivers for now');
  }

  /** @returns whether it hears now; when not, it tries again by itself */
  async function connect(): Promise<boolean> {
    const fresh = new Client({
      connectionString: url,
      application_name: 'larder-hq-ear',
      keepAlive: true,
    });
    client = fresh;
    fresh.on('notification', ({ payload }) => hear(payload ?? 'null'));
    fresh.on('error', deaf);
    fresh.on('end', retry);
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${CHANNEL}`);
      return true;
    } catch (error) {
      deaf(error);
      fresh.end().catch(() => undefined);
      retry();
      return false;
    }
  }

  await connect();
  return {
    async close() {
      closed = true;
      again?.cancel();
      await client?.end().catch(() => undefined);
    },
  };
}
