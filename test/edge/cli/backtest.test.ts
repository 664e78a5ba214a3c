// The verb as people call it, and the figures of the issue on real demand.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Score, SeriesScore } from '#recipes/forecast/backtest.ts';
import { bakeryText, pizzaText } from '../../recipes/forecast/real-tables.ts';
import { runLarder } from './run-larder.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'larder-backtest-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Answer = {
  readonly days: number;
  readonly closedDays: number;
  readonly judgedFrom: string;
  readonly total: Score;
  readonly series: readonly SeriesScore[];
};

async function backtest(text: string, ...more: string[]): Promise<Answer> {
  writeFileSync(join(folder, 'demand.csv'), text);
  const ran = await runLarder(folder, ['backtest', 'demand.csv', '--json', ...more]);
  expect([ran.exit, ran.stderr.replaceAll(/^\d+ \/ \d+$/gm, '').trim()]).toEqual([0, '']);
  return ran.json() as unknown as Answer;
}

const between = (value: number | null, low: number, high: number) =>
  value !== null && value >= low && value <= high;

describe('real demand, the last 30 %', () => {
  it('a bakery: WAPE at most 0.17, bias within 3 %, the 90 % interval covers 85 to 95 %', async ({
    skip,
  }) => {
    const text = bakeryText();
    if (text === null) return skip('bakery data missing');
    const { days, closedDays, judgedFrom, total, series } = await backtest(text);
    expect([days, closedDays, judgedFrom]).toEqual([1155, 16, '2018-05-19']);
    expect([total.days, series.map(({ name }) => name)]).toEqual([
      3 * 342,
      ['roll', 'seeded_roll', 'pretzel'],
    ]);
    expect(total.lastWeekWape).toBeCloseTo(0.244, 3);
    expect(total.wape).toBeLessThanOrEqual(0.17);
    expect(Math.abs(total.bias ?? 1)).toBeLessThanOrEqual(0.03);
    for (const { coverage } of [...series, total]) {
      expect(between(coverage, 0.85, 0.95)).toBe(true);
    }
  });

  it('three days ahead: still better than a weekday model the evening before', async ({ skip }) => {
    const text = bakeryText();
    if (text === null) return skip('bakery data missing');
    const { total } = await backtest(text, '--horizon', '3');
    expect(total.wape).toBeLessThanOrEqual(0.175);
    expect(between(total.coverage, 0.85, 0.95)).toBe(true);
  });

  it('pizza ingredients: WAPE at most 0.255, the 90 % interval covers 85 to 95 %', async ({
    skip,
  }) => {
    const text = await pizzaText();
    if (text === null) return skip('pizza data missing');
    const { total, closedDays } = await backtest(text);
    expect(closedDays).toBe(7);
    expect(total.wape).toBeLessThanOrEqual(0.255);
    expect(Math.abs(total.bias ?? 1)).toBeLessThanOrEqual(0.03);
    expect(between(total.coverage, 0.85, 0.95)).toBe(true);
  });
});

describe('the table', () => {
  const short = ['date,soup,x_rain']
    .concat(
      Array.from(
        { length: 28 },
        (_, i) => `2026-02-${String(i + 1).padStart(2, '0')},${10 + (i % 7)},${i % 2}`,
      ),
    )
    .join('\n');

  it('is printed in both languages, next to the same weekday of last week', async () => {
    writeFileSync(join(folder, 'short.csv'), short);
    const en = await runLarder(folder, ['backtest', 'short.csv', '--split', '0.8']);
    expect(en.stdout).toContain('28 days, 0 closed; judged from 2026-02-23 to 2026-02-28');
    expect(en.stdout).toMatch(
      /series +days +WAPE +bias +90 % covers +width +last week WAPE +method/,
    );
    expect(en.stdout).toMatch(/soup +6 .* 0\.0 % /);
    expect(en.stdout).toMatch(/total +6 /);
    const zh = await runLarder(folder, ['backtest', 'short.csv', '--lang', 'zh']);
    expect(zh.stdout).toContain('合计');
    expect(zh.stdout).toContain('提前 1 天');
  });

  it('takes a missing date and a day without any sale for closed days', async () => {
    const rows = short.split('\n');
    const two = rows.map((row, i) => (i === 0 ? `${row},tea` : `${row},${i === 9 ? 0 : 5}`));
    const shut = two.map((row, i) => (i === 9 ? row.replace(/,\d+,/, ',0,') : row));
    const { closedDays, total } = await backtest(
      shut.filter((_, i) => i !== 25).join('\n'),
      '--split',
      '0.5',
    );
    expect(closedDays).toBe(2);
    expect(total.days).toBe(2 * 13);
  });
});

describe('what is wrong ends with 2, the place and a remedy', () => {
  const head = 'date,soup\n2026-01-01,1\n2026-01-02,2\n';
  it('every mistake at once, for machines, too', async () => {
    writeFileSync(join(folder, 'bad.csv'), `${head}no day,lots\n2026-01-03,-2\n`);
    const ran = await runLarder(folder, ['backtest', 'bad.csv', '--json']);
    const { error } = ran.json() as { error: Record<string, unknown> };
    expect([ran.exit, error['code']]).toEqual([2, 'bad_table']);
    expect(String(error['en']).split('\n').length).toBe(3);
    expect(error['remedy']).toBeDefined();
    const said = await runLarder(folder, ['backtest', 'bad.csv']);
    expect(said.stderr).toContain('bad.csv, row 4, column date: "no day" is no day');
    expect(said.stderr).toContain('Remedy: write days as 2026-10-01; write a plain number');
  });

  it.each([
    [['backtest'], 'name a file'],
    [['backtest', 'none.csv'], 'cannot be read'],
    [['backtest', 'ok.csv', '--split', '1'], '--split "1" must be above 0 and below 1'],
    [['backtest', 'ok.csv', '--horizon', '1.5'], '--horizon "1.5" must be a whole number'],
    [['backtest', 'ok.csv', '--horizon', '0'], '--horizon "0"'],
    [['backtest', 'ok.csv', '--horizon', '40'], 'no day is left to be judged'],
  ])('%j', async (args, said) => {
    writeFileSync(join(folder, 'ok.csv'), head);
    const ran = await runLarder(folder, args);
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toContain(said);
  });
});
