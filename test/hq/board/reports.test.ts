/** Reports and exports: sums that the box comes to as well, rows that lead to their entries, safe files. */
import { parse } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPORT_SCHEMAS, type ReportName } from '../../../cloud-bridge/hq/api/report-schemas.ts';
import { realPorts } from '../../../edge/runtime/ports.ts';
import { startTestPostgres, type TestPostgres } from '../../support/postgres.ts';
import { startTestHq, type TestHq } from '../../support/start-hq.ts';
import { BOOK, g, StoryBox } from '../story-box.ts';

let postgres: TestPostgres;
let hq: TestHq;
const box = new StoryBox('one');
const SPAN = 'from=2026-11-22&to=2026-11-23';

beforeAll(async () => {
  postgres = await startTestPostgres();
  const now = () => Date.parse('2026-11-23T13:00:00+08:00');
  hq = await startTestHq(await postgres.database(), { ports: { ...realPorts(), now } });
  tellStory();
  await hq.api('POST', '/stores/s1/batches', box.batch());
  const other = new StoryBox('two');
  const evil = structuredClone(BOOK);
  evil.items[2] = { id: 'scallion', name: { zh: '=1+1', en: '@SUM(A1)' }, unit: 'g' } as never;
  other.adopt(evil);
  other.receive('scallion', 1_000, 8);
  other.waste('scallion', 1, 100, 0.8, 'dropped');
  await hq.api('POST', '/stores/s2/batches', other.batch());
});
afterAll(async () => {
  await hq.stop();
  await postgres.stop();
});

/** Two days of a store: sold, wasted, taken back at the till, counted, taken back by hand. */
function tellStory(): void {
  box.adopt();
  box.receive('pork-belly', 10_000, 320);
  box.receive('rice', 20_000, 60);
  const sale = box.sell('pork-belly', 1, 400);
  box.sell('pork-belly', 1, 800);
  // A void of what was made already: it comes back from the guest and goes into the bin.
  const back = [box.move('pork-belly', 1, 'sold', 'waste', 400)];
  box.tell('void', { moves: back, event: 90, sale: sale, command: null });
  box.waste('pork-belly', 1, 100, 3.2);
  const slip = box.waste('pork-belly', 1, 1_000, 32);
  box.undo(slip, [box.move('pork-belly', 1, 'waste', 'stock', 1_000)]);
  box.day = '2026-11-23';
  box.waste('rice', 2, 500, 1.5, 'tasting');
  const lines = (item: string, counted: number, book: number, cost: number) => [
    { item, counted: g(counted), book: g(book), variance: g(counted - book), cost },
  ];
  const post = (item: 'rice' | 'pork-belly', counted: number, was: number, cost: number) =>
    box.tell('count', {
      moves: [box.move(item, 1, 'stock', 'adjust', was - counted)],
      note: { count: `C-${item}`, lines: lines(item, counted, was, cost) },
    });
  const kept = post('pork-belly', 8_500, 8_700, -64_000);
  box.tell('count', {
    moves: [box.move('pork-belly', 1, 'adjust', 'stock', 50)],
    command: null,
    note: {
      count: 'C-pork-belly',
      of: kept,
      lines: [{ item: 'pork-belly', variance: g(50), cost: 16_000 }],
    },
  });
  const wrong = post('rice', 1, 19_500, -580_000);
  box.tell('count', {
    moves: [],
    command: null,
    note: { count: 'C-rice', of: wrong, lines: [{ item: 'rice', variance: g(7), cost: 210 }] },
  });
  box.undo(wrong, [box.move('rice', 1, 'adjust', 'stock', 19_499)]);
}

type Row = Record<string, unknown> & { query: string; store: string; item: string };
type Report = { rows: Row[]; totals: Record<string, unknown>; from: string; to: string };
async function report(name: ReportName, query: string): Promise<Report> {
  const answer = await hq.api<Report>('GET', `/reports/${name}?${query}`);
  expect(answer.status).toBe(200);
  expect(REPORT_SCHEMAS[name].safeParse(answer.body).error).toBeUndefined();
  return answer.body;
}

/** How many entries a row leads to. */
async function behind({ query }: Row): Promise<number> {
  const answer = await hq.api<{ entries: unknown[] }>('GET', query.replace('/hq/v1', ''));
  return answer.body.entries.length;
}

describe('waste', () => {
  it('is by reason and item, with what the till threw away, without what was undone', async () => {
    const { rows, totals } = await report('waste', `${SPAN}&store=s1`);
    expect(rows).toMatchObject([
      {
        item: 'pork-belly',
        reason: 'voided',
        amount: '400',
        cost: '12.80',
        avoidable: true,
        entries: 1,
      },
      {
        item: 'pork-belly',
        reason: 'spoiled',
        amount: '100',
        cost: '3.20',
        avoidable: true,
        entries: 1,
      },
      {
        item: 'rice',
        reason: 'tasting',
        amount: '500',
        cost: '1.50',
        avoidable: false,
        entries: 1,
      },
    ]);
    expect(totals).toMatchObject({ waste: '17.50', avoidable: '16.00', avoidableShare: '0.914' });
    expect(totals['byStore']).toEqual([{ store: 's1', cost: '17.50', entries: 3 }]);
  });

  it('is of the days that were asked for', async () => {
    const { rows } = await report('waste', 'from=2026-11-23&to=2026-11-23&store=s1');
    expect(rows.map(({ item }) => item)).toEqual(['rice']);
  });

  it('leads to the entries behind each row', async () => {
    const { rows } = await report('waste', SPAN);
    const [voided, spoiled] = rows;
    expect(voided && (await behind(voided))).toBe(1);
    // The one that was undone is shown with its undoing; it is not in the sum.
    expect(spoiled && (await behind(spoiled))).toBe(2);
  });
});

describe('usage', () => {
  it('is what was sold, what came back taken off, and what else left stock', async () => {
    const { rows, totals } = await report('usage', `${SPAN}&store=s1`);
    const pork = rows.find(({ item }) => item === 'pork-belly');
    // 400 went from sold to waste without touching the shelf again.
    expect(pork).toMatchObject({ sold: '1200', waste: '100', value: '38.40', currency: 'CNY' });
    expect(totals).toMatchObject({ value: '38.40' });
    const { rows: none } = await report('usage', 'from=2026-11-24&to=2026-11-24');
    expect(none).toEqual([]);
    expect(pork && (await behind(pork))).toBe(3);
  });
});

describe('variance', () => {
  it('is counted against theoretical, with what arrived late, without counts that were undone', async () => {
    const { rows, totals } = await report('variance', `${SPAN}&store=s1`);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      item: 'pork-belly',
      counts: 1,
      counted: '8500',
      theoretical: '8650',
      variance: '-150',
      cost: '-4.80',
      sold: '1200',
      share: '-0.125',
    });
    expect(totals).toMatchObject({ variance: '-4.80' });
  });
});

describe('stock', () => {
  it('is what everything is worth, store after store', async () => {
    const { rows, totals } = await report('stock', '');
    expect(new Set(rows.map(({ store }) => store))).toEqual(new Set(['s1', 's2']));
    expect(rows.find(({ store, item }) => store === 's2' && item === 'scallion')).toMatchObject({
      onHand: '900',
      value: '7.20',
    });
    const byStore = totals['byStore'] as { store: string; items: number }[];
    expect(byStore.map(({ store, items }) => [store, items])).toEqual([
      ['s1', 3],
      ['s2', 3],
    ]);
  });
});

describe('files', () => {
  const names = ['waste', 'usage', 'variance', 'stock'] as const;

  it('carry in CSV and Excel what the JSON says', async () => {
    for (const name of names) {
      const json = await report(name, SPAN);
      const csv = await hq.api<string>('GET', `/reports/${name}.csv?${SPAN}`);
      expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(csv.headers.get('content-disposition')).toContain(`${name}-2026-11-22-2026-11-23.csv`);
      const rows = parse(csv.body, { columns: true, bom: true }) as Record<string, string>[];
      expect(rows.map((row) => [row['store'], row['item'], row['unit']])).toEqual(
        json.rows.map((row) => [row.store, row.item, row['unit']]),
      );
      const file = await fetch(`${hq.url}/hq/v1/reports/${name}.xlsx?${SPAN}`, {
        headers: { authorization: `Bearer ${hq.hq.adminToken}` },
      });
      const [sheet] = await readXlsxFile(Buffer.from(await file.arrayBuffer()));
      expect(sheet?.data).toHaveLength(json.rows.length + 1);
    }
  });

  it('do not run what a name says', async () => {
    const csv = await hq.api<string>('GET', `/reports/waste.csv?${SPAN}&store=s2`);
    const [row] = parse(csv.body, { columns: true, bom: true }) as Record<string, string>[];
    expect([row?.['name_zh'], row?.['name_en']]).toEqual(["'=1+1", "'@SUM(A1)"]);
    expect(row?.['cost']).toBe('0.80');
  });

  it('export every entry, every wasted item and every item on the shelf', async () => {
    const all = await hq.api<{ seq: number; store: string }[]>(
      'GET',
      `/export/entries.json?${SPAN}&store=s1`,
    );
    expect(all.body.map(({ seq }) => seq)).toEqual(
      Array.from({ length: box.seq }, (_, i) => box.seq - i),
    );
    const waste = await hq.api<{ seq: number; cost: string }[]>(
      'GET',
      `/export/waste.json?${SPAN}&store=s1`,
    );
    expect(waste.body.map(({ cost }) => cost)).toEqual(['3.20', '1.50']);
    const stock = await hq.api<{ item: string }[]>('GET', '/export/stock.json?store=s1');
    expect(stock.body).toHaveLength(3);
    const csv = await hq.api<string>('GET', `/export/entries.csv?${SPAN}`);
    expect(parse(csv.body, { columns: true, bom: true })).toHaveLength(box.seq + 3);
    const orders = await hq.api<unknown[]>('GET', `/export/orders.json?${SPAN}`);
    expect(orders.body).toEqual([]);
  });

  it('refuse days that are none', async () => {
    const bad = await hq.api<{ code: string }>('GET', '/reports/waste.csv?from=2026-13-01');
    expect([bad.status, bad.body.code]).toEqual([400, 'bad_date']);
    const long = await hq.api('GET', '/reports/waste?from=2020-01-01&to=2026-01-01');
    expect(long.status).toBe(400);
    for (const path of ['/reports/waste?from=2020-01-01', '/export/entries.csv?from=2020-01-01']) {
      expect([path, (await hq.api('GET', path)).status]).toEqual([path, 400]);
    }
  });
});
