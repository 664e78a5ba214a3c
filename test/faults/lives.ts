/** Boxes of one store, each with its bridge, and a head office on a real PostgreSQL, in this process. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Cursor } from '#recipes/contracts/sync.ts';
import { realPorts } from '../../edge/runtime/ports.ts';
import type { Life } from '../edge/lives/two-lives.ts';
import { startBridge } from '../hq/bridge.ts';
import { startTestHq, type TestHq } from '../support/start-hq.ts';

export type Chain = {
  readonly hq: TestHq;
  /** The box gets a bridge; the store is the box's own. */
  connect(life: Life): void;
  disconnect(life: Life): Promise<void>;
  /** Until head office has all of the box, and the box all that waits for it. */
  caughtUp(life: Life): Promise<Cursor>;
  cursor(life: Life): Promise<Cursor>;
  /** What head office shows of the store. */
  store(): Promise<StoreView>;
  /** Lives that have said nothing for so long; head office has listened all the while. */
  silent(minutes: number): Promise<void>;
  /** Entries of each life, whoever else has them as well. */
  entries(): Promise<Record<string, number>>;
  stop(): Promise<void>;
};

export type StoreView = {
  readonly twoBoxes: boolean;
  readonly sales: number;
  readonly differences: number | null;
  readonly alarms: readonly string[];
  readonly livesList: readonly {
    readonly incarnation: string;
    readonly state: string;
    readonly why: string | null;
    readonly forkSeq: number | null;
    readonly seq: number;
  }[];
};

const PATIENCE_MS = 20_000;
const STORE = 'demo';

/** @param database `postgres://…` of an empty database */
export async function startChain(database: string): Promise<Chain> {
  const real = realPorts();
  let listened = 0;
  const hq = await startTestHq(database, {
    ports: { ...real, mono: () => real.mono() + listened },
  });
  const bridges = new Map<Life, ReturnType<typeof startBridge>>();

  async function sql<T extends pg.QueryResultRow>(text: string): Promise<T[]> {
    const client = new pg.Client(database);
    await client.connect();
    try {
      return (await client.query<T>(text)).rows;
    } finally {
      await client.end();
    }
  }

  async function cursor(life: Life): Promise<Cursor> {
    const { incarnation } = life.box.parts.incarnation.life();
    const path = `/stores/${STORE}/cursor?incarnation=${incarnation}`;
    return (await hq.api<Cursor>('GET', path)).body;
  }

  async function disconnect(life: Life): Promise<void> {
    await bridges.get(life)?.stop();
    bridges.delete(life);
  }

  return {
    hq,
    cursor,
    disconnect,
    connect(life) {
      bridges.set(life, startBridge(life, hq));
    },
    async caughtUp(life) {
      const until = performance.now() + PATIENCE_MS;
      for (;;) {
        const seq = life.box.parts.ledger.seq();
        const said = await cursor(life);
        const done = said.known && said.ackedSeq === seq && said.takeover !== true;
        const { incarnation } = life.box.parts.incarnation.life();
        const same = said.incarnation === incarnation;
        if (done && same && life.box.parts.ledger.seq() === seq) return said;
        if (performance.now() > until) throw new Error(`not caught up: ${JSON.stringify(said)}`);
        await sleep(20);
      }
    },
    async store() {
      return (await hq.api<StoreView>('GET', `/stores/${STORE}`)).body;
    },
    async silent(minutes) {
      listened += minutes * 60_000;
      await sql(`UPDATE life SET seen_at = seen_at - interval '${minutes} min'`);
    },
    async entries() {
      const rows = await sql<{ incarnation: string; count: string }>(
        `SELECT l.incarnation, count(e.seq) FROM life l
           LEFT JOIN entry e ON e.store = l.store AND e.life = l.id GROUP BY 1`,
      );
      return Object.fromEntries(rows.map(({ incarnation, count }) => [incarnation, Number(count)]));
    },
    async stop() {
      for (const life of bridges.keys()) await disconnect(life);
      await hq.stop();
    },
  };
}
