/** The box in one look: which store, which day, who is there, how far. */
import { dayText } from '#recipes/time/business-day.ts';
import type { BoxParts } from './box-parts.ts';
import { isSetUp } from './box-setup.ts';
import type { HeadOffice } from './feed/head-office.ts';
import { moneyOf } from './ledger/money.ts';
import type { TerminalStates } from './pos/terminal-states.ts';
import { isOn, lockedBy, madeAfterS } from './setting-rules.ts';
import { bookFields, storeName } from './store-name.ts';

export function boxStatus(
  parts: BoxParts,
  states: TerminalStates,
  headOffice: HeadOffice,
): Record<string, unknown> {
  const { config, ledger, ports, receiving } = parts;
  const now = ports.now();
  return {
    store: config.store,
    name: storeName(parts),
    businessDay: dayText(receiving.dayOf(now)),
    timezone: config.timezone,
    now: new Date(now).toISOString(),
    currency: bookFields(parts).currency ?? 'CNY',
    terminals: receiving.terminals.names().map((terminal) => {
      const { state, lastSeenAt } = states.get(terminal);
      const lastEventAt = lastSeenAt === null ? null : new Date(lastSeenAt).toISOString();
      return { terminal, state, lastEventAt };
    }),
    events: receiving.events.nextNumber() - 1,
    sales: countSales(parts),
    seq: ledger.seq(),
    hq: headOffice.status(),
    setup: { done: isSetUp(parts) },
    settings: {
      showMoney: isOn(parts.settings, 'showMoney'),
      blindCounts: isOn(parts.settings, 'blindCounts'),
      inferPrep: isOn(parts.settings, 'inferPrep'),
      madeAfter: madeAfterS(parts.settings, config),
      locked: lockedSettings(config),
    },
    today: today(parts),
  };
}

/** Settings that the page cannot change, and what decides them. */
function lockedSettings(config: BoxParts['config']): Record<string, string> {
  const by = lockedBy('madeAfter', config);
  return by === undefined ? {} : { madeAfter: by };
}

/** The business day so far: sales, and what was thrown away with what it was worth. */
function today({ ports, receiving, wasted }: BoxParts): Record<string, unknown> {
  const day = receiving.dayOf(ports.now());
  const { entries, cost } = wasted.ofDay(day);
  return {
    sales: receiving.sales.countOfDay(day),
    waste: { entries, cost: moneyOf(cost) },
  };
}

/** Counting a million rows takes a while, and screens ask often. */
function countSales(parts: BoxParts): number {
  const now = parts.ports.mono();
  const known = counted.get(parts);
  if (known && now - known.at < COUNT_EVERY_MS) return known.sales;
  const sales = parts.receiving.sales.count();
  counted.set(parts, { at: now, sales });
  return sales;
}

const COUNT_EVERY_MS = 5_000;
const counted = new WeakMap<BoxParts, { at: number; sales: number }>();
