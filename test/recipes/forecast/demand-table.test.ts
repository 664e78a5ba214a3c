import { describe, expect, it } from 'vitest';
import { readDemandTable } from '#recipes/forecast/demand-table.ts';

const head = 'date,soup\n2026-01-01,1\n2026-01-02,2\n';

describe('what is wrong has its place and a remedy', () => {
  it.each([
    ['a bad date', `${head}2026-02-31,1\n`, '4 date: "2026-02-31" is no day'],
    ['a word for a number', `${head}2026-01-03,lots\n`, '4 soup: "lots" is no number'],
    ['a number of another kind', `${head}2026-01-03,0x10\n`, '4 soup: "0x10"'],
    ['less than nothing', `${head}2026-01-03,-1\n`, '4 soup: demand cannot be -1'],
    ['a day twice', `${head}2026-01-02,1\n`, '4 date: 2026-01-02 is there twice'],
    ['days out of order', `${head}2025-12-31,1\n`, '4 date: 2025-12-31 comes after'],
    ['no series', 'date,x_rain\n2026-01-01,1\n', 'there is no series'],
    ['no date', 'day,soup\n2026-01-01,1\n', '1 date: there is no column "date"'],
    ['a column twice', 'date,a,a\n2026-01-01,1,1\n', '1 a: column 3 has no name of its own'],
    ['uneven rows', 'date,a\n2026-01-01,1,1\n', 'this is no CSV'],
    ['nothing at all', '', '1 date: there is no column "date"'],
    ['a far year', `${head}2226-01-01,1\n`, 'the table goes over'],
    [
      'a wrong factor',
      'date,a,x_b\n2026-01-01,1,hot\n2026-01-02,1,3\n',
      '2 x_b: "hot" is no number',
    ],
  ])('%s', (_name, text, said) => {
    const read = readDemandTable(text);
    if (read.ok) throw new Error('taken');
    const [first] = read.problems;
    expect(`${first?.row} ${first?.column}: ${first?.message.en}`).toContain(said);
    expect(first?.remedy.en && first.remedy.zh && first.message.zh).toBeTruthy();
  });

  it('every mistake at once', () => {
    const read = readDemandTable(`${head}no day,lots\n2026-01-03,-2\n`);
    if (read.ok) throw new Error('taken');
    expect(read.problems.map(({ row, column }) => `${row} ${column}`)).toEqual([
      '4 date',
      '4 soup',
      '5 soup',
    ]);
  });
});

describe('what is right', () => {
  const tableOf = (text: string) => {
    const read = readDemandTable(text);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    return read.table;
  };

  it('a missing date is closed, an empty cell unknown, x_ known in advance', () => {
    expect(tableOf('\ufeffdate,soup,x_rain\r\n2026-01-30,3,0\r\n2026-02-01,,1.5\r\n')).toEqual({
      from: 20260130,
      days: 3,
      series: [{ name: 'soup', demand: [3, null, null] }],
      covariates: [{ name: 'rain', values: [0, null, 1.5] }],
      closedDays: 1,
    });
  });

  it('rows without any sale are closed days, if they are few and there are two series', () => {
    const rows = (zeros: number, series: number) =>
      [
        ['date', 'a', 'b'].slice(0, series + 1).join(','),
        ...Array.from({ length: 28 }, (_, i) =>
          [`2026-02-${String(i + 1).padStart(2, '0')}`, ...[1, 2].map((n) => (i < zeros ? 0 : n))]
            .slice(0, series + 1)
            .join(','),
        ),
      ].join('\n');
    expect(tableOf(rows(1, 2))).toMatchObject({ closedDays: 1 });
    expect(tableOf(rows(1, 2)).series[0]?.demand[0]).toBe(null);
    expect(tableOf(rows(5, 2))).toMatchObject({ closedDays: 0 });
    expect(tableOf(rows(1, 1)).series[0]?.demand[0]).toBe(0);
  });
});
