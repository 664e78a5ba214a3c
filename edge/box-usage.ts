/** What left the larder by day, and what people said of days, put together for commands, loops and readers. */
import type { Config } from './config.ts';
import type { Db } from './db/open.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Knowledge } from './recipe-book/knowledge.ts';
import type { Ports } from './runtime/ports.ts';
import { openForecastStore } from './usage/forecast-store.ts';
import { openNoteStore } from './usage/note-store.ts';
import { openUsageSums } from './usage/sum-usage.ts';
import { openUsageStore } from './usage/usage-store.ts';

export type UsageInside = {
  readonly config: Pick<Config, 'timezone'>;
  readonly ledger: Ledger;
  readonly knowledge: Knowledge;
  readonly dayOf: (at: number) => number;
  readonly ports: Ports;
};

export function openUsage(db: Db, { config, ledger, knowledge, dayOf, ports }: UsageInside) {
  const store = openUsageStore(db);
  const notes = openNoteStore(db);
  const { timezone } = config;
  const sums = openUsageSums({ store, ledger, dayOf, timezone, ports });
  const kitchen = () => knowledge.at(ports.now())?.kitchen;
  const forecasts = openForecastStore(db);
  return { store, notes, sums, forecasts, commands: { notes, usage: store, kitchen } };
}
