/**
 * A year of real order traffic through the whole box: every order as an event over real MQTT, into a
 * real box process, and then every item's stock against a recomputation that shares no code with it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditFile } from '../../edge/ledger/audit.ts';
import { startBoxProcess } from '../faults/box-process.ts';
import { startOutboxPos } from '../support/outbox-pos.ts';
import { countYear, useOfSold } from './oracle.ts';
import { readPizzaBook } from './pizza-book.ts';
import { PIZZA_FOLDER, pizzaDataPresent } from './pizza-data.ts';
import { pizzaEvents } from './pizza-events.ts';

const MICRO = 1_000_000n;

test('the pizza year: every item equals the recomputation, to the millionth', {
  timeout: 300_000,
}, async (ctx) => {
  if (!pizzaDataPresent()) return ctx.skip('the sales data of the pizza place are missing');
  const data = mkdtempSync(join(tmpdir(), 'larder-year-'));
  const box = await startBoxProcess(data, { LARDER_TIMEZONE: 'America/Bogota' });
  const pos = startOutboxPos({
    port: () => box.mqttPort,
    store: 'demo',
    terminal: 'T1',
    username: 'pos-T1',
    password: box.posPassword,
    inFlight: 200,
    resendAfterMs: 20_000,
    settledBy: 'puback',
  });
  try {
    const book = await readPizzaBook();
    await box.call('PUT', '/api/v1/book', book);
    let events = 0;
    const days: string[] = [];
    for await (const event of pizzaEvents()) {
      pos.offer({ id: event.id, body: Buffer.from(JSON.stringify(event)) });
      events++;
      if (event.type === 'larder.pos.dayclose.v1') days.push(event.data.businessDate);
    }
    await pos.drained();
    expect(events).toBe(21_708);
    expect(pos.acknowledged.size).toBe(events);

    const expected = useOfSold(book, countYear(PIZZA_FOLDER).sold);
    const stock = (await box.call('GET', '/api/v1/stock')) as {
      items: { item: string; onHand: string }[];
    };
    const counted = new Map(stock.items.map(({ item, onHand }) => [item, -micro(onHand)]));
    for (const [item, amount] of expected)
      expect([item, counted.get(item)]).toEqual([item, amount]);
    expect([...counted].filter(([item, amount]) => amount !== 0n && !expected.has(item))).toEqual(
      [],
    );
    expect(expected.size).toBe(73);

    for (const day of [days[0], days[180], days.at(-1)]) {
      const proof = (await box.call('GET', `/api/v1/days/${day}`)) as {
        balanced: boolean;
        terminals: { agrees: boolean | null }[];
      };
      expect(proof).toMatchObject({ balanced: true, terminals: [{ agrees: true }] });
    }
    const inbox = (await box.call('GET', '/api/v1/inbox')) as {
      items: { kind: string; severity: string }[];
    };
    expect(inbox.items.filter((item) => item.severity === 'act')).toEqual([]);
  } finally {
    pos.stop();
    await box.kill('SIGTERM');
  }
  const audit = auditFile(join(data, 'larder.db'), { full: true });
  expect(audit.checks.flatMap((check) => check.breaches)).toEqual([]);
  expect(audit.ok).toBe(true);
  rmSync(data, { recursive: true, force: true });
});

/** Decimal text as millionths. */
function micro(text: string): bigint {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const size = BigInt(whole ?? 'x') * MICRO + BigInt(fraction.padEnd(6, '0'));
  return sign === '-' ? -size : size;
}
