/** `/metrics` for Prometheus. Values are read when they are asked for; nothing is counted twice. */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

export type Metrics = {
  countEvents(results: readonly { result: { status: string } }[]): void;
  text(): Promise<string>;
};

export type MetricSources = {
  readonly seq: () => number;
  readonly inbox: () => readonly { kind: string }[];
  /** Print jobs by state. */
  readonly printJobs: () => ReadonlyMap<string, number>;
  readonly databaseBytes: () => number;
};

export function openMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: 'larder_pos_events_total',
    help: 'Events received since the start, by result',
    labelNames: ['status'],
    registers: [registry],
  });
  new Gauge({
    name: 'larder_ledger_seq',
    help: 'Sequence of the newest entry',
    registers: [registry],
    collect() {
      this.set(sources.seq());
    },
  });
  new Gauge({
    name: 'larder_inbox_items',
    help: 'Things that need a person, by kind',
    labelNames: ['kind'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { kind } of sources.inbox()) this.inc({ kind });
    },
  });
  new Gauge({
    name: 'larder_print_jobs',
    help: 'Print jobs that are not finished, by state',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.reset();
      const jobs = sources.printJobs();
      for (const state of OPEN_JOBS) this.set({ state }, jobs.get(state) ?? 0);
    },
  });
  new Gauge({
    name: 'larder_database_bytes',
    help: 'Size of the database file',
    registers: [registry],
    collect() {
      this.set(sources.databaseBytes());
    },
  });
  return {
    countEvents(results) {
      for (const { result } of results) events.inc({ status: result.status });
    },
    text: () => registry.metrics(),
  };
}

/** What somebody still waits for, or has to decide. */
const OPEN_JOBS = ['queued', 'printing', 'unknown', 'failed'] as const;
