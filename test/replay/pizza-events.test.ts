/** The events of the year against the oracle's own count of the files, and the file they go to. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { dataSchemas, envelopeSchema } from '#recipes/contracts/pos-event.ts';
import { countYear } from './oracle.ts';
import { PIZZA_FOLDER, pizzaDataPresent } from './pizza-data.ts';
import { type PizzaEvent, pizzaEvents } from './pizza-events.ts';

const run = promisify(execFile);

describe('pizzaEvents', () => {
  it('sells by events what the files say, day by day', async ({ skip }) => {
    if (!pizzaDataPresent()) skip('pizza data missing');
    const { sold, totals } = countYear(PIZZA_FOLDER);
    const seen = new Map<string, bigint>();
    const open = { saleCount: 0, lineCount: 0, pizzas: 0 };
    const ids = new Set<string>();
    const lineIds = new Set<string>();
    const times: number[] = [];
    let sequence = 0;
    let closed = 0;
    for await (const event of pizzaEvents()) {
      sequence += 1;
      expect(event.sequence).toBe(String(sequence));
      ids.add(event.id);
      expect(envelopeSchema.safeParse(event).error).toBeUndefined();
      expect(dataSchemas[event.type].safeParse(event.data).error).toBeUndefined();
      times.push(Date.parse(event.time));
      if (event.type === 'larder.pos.sale.v1') {
        open.saleCount += 1;
        for (const line of event.data.lines) {
          open.lineCount += 1;
          lineIds.add(line.lineId);
          open.pizzas += Number(line.qty);
          seen.set(line.sku, (seen.get(line.sku) ?? 0n) + BigInt(line.qty));
        }
      } else {
        closed += 1;
        expect(open).toEqual(totals.get(event.data.businessDate));
        expect(event.data).toMatchObject({
          saleCount: open.saleCount,
          lineQty: String(open.pizzas),
          lastSequence: String(sequence - 1),
        });
        Object.assign(open, { saleCount: 0, lineCount: 0, pizzas: 0 });
      }
    }
    expect(closed).toBe(358);
    expect(ids.size).toBe(21_350 + 358);
    expect(lineIds.size).toBe(48_620);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(seen).toEqual(sold);
  });

  it('makes of the first order what a POS would have sent', async ({ skip }) => {
    if (!pizzaDataPresent()) skip('pizza data missing');
    const [first] = await collect(1);
    expect(first).toEqual({
      specversion: '1.0',
      id: 'pz-1',
      source: '/stores/demo/pos/T1',
      type: 'larder.pos.sale.v1',
      time: '2015-01-01T11:38:36-05:00',
      datacontenttype: 'application/json',
      sequence: '1',
      epoch: 'pizza-2015',
      data: {
        saleId: 'pz-1',
        businessDate: '2015-01-01',
        currency: 'USD',
        lines: [
          { lineId: '1', sku: 'hawaiian_m', name: 'The Hawaiian Pizza M', qty: '1', net: '13.25' },
        ],
      },
    });
  });
});

describe('write-jsonl', () => {
  it('writes the events of the first days, one a line', async ({ skip }) => {
    if (!pizzaDataPresent()) skip('pizza data missing');
    const folder = await mkdtemp(join(tmpdir(), 'larder-'));
    try {
      const file = join(folder, 'events.jsonl');
      const tool = join(import.meta.dirname, 'write-jsonl.ts');
      const { stderr } = await run(process.execPath, [tool, file, '--days', '2']);
      expect(stderr).toContain('136 sales, 2 day closes');
      const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(await collect(2));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says how it is used when it is used wrongly', async () => {
    const tool = join(import.meta.dirname, 'write-jsonl.ts');
    for (const wrong of [[], ['-', '--days', '0'], ['-', '--days', 'x']]) {
      const failed = run(process.execPath, [tool, ...wrong]);
      await expect(failed).rejects.toMatchObject({
        code: 2,
        stderr: expect.stringContaining('usage'),
      });
    }
  });
});

async function collect(days: number): Promise<PizzaEvent[]> {
  const events: PizzaEvent[] = [];
  for await (const event of pizzaEvents({ days })) events.push(event);
  return events;
}
