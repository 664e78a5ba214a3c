/** `larder backtest FILE.csv`: how well the forecaster would have done on a table of one's own. */
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { type Backtest, backtest, type Score } from '#recipes/forecast/backtest.ts';
import { addDays } from '#recipes/forecast/dates.ts';
import {
  type DemandTable,
  readDemandTable,
  type TableProblem,
} from '#recipes/forecast/demand-table.ts';
import { dayText } from '#recipes/time/business-day.ts';
import { EXIT, Stop, wrongUse } from './fail.ts';
import { tableLines } from './output.ts';
import { addVerb, argument, type Hang, type Run, textOf, type VerbOptions } from './verb.ts';

export function addBacktest(root: Command, hang: Hang): void {
  addVerb(
    root,
    hang,
    'backtest [file]',
    'how well the forecaster would have done: CSV with date, one column per series, x_NAME for what is known in advance / 预测回测',
    run,
  )
    .option('--split <share>', 'share of the days that is history only; default 0.7 / 训练比例')
    .option('--horizon <days>', 'days ahead; default 1 / 提前天数');
}

const MOST_AHEAD = 60;
const SEED = 1;

const run: Run = ({ around, out }, args, options) => {
  const name = argument(args, 0);
  if (name === '') {
    throw wrongUse(
      'name a file: larder backtest demand.csv',
      '请指定文件:larder backtest demand.csv',
    );
  }
  const split = numberOf(options, 'split', 0.7, (n) => n > 0 && n < 1, 'above 0 and below 1');
  const isDays = (n: number) => Number.isInteger(n) && n >= 1 && n <= MOST_AHEAD;
  const horizon = numberOf(options, 'horizon', 1, isDays, `a whole number from 1 to ${MOST_AHEAD}`);
  const table = readTable(resolve(around.here, name), basename(name));
  const onProgress = (done: number, total: number) => out.progress(`${done} / ${total}`);
  const result = backtest(table, { split, horizon, seed: SEED, onProgress });
  out.progressDone();
  if (result.total.days === 0) throw nothingJudged();
  out.data({ file: basename(name), split, horizon, ...answerOf(table, result) });
  const spans = spanOf(table, result);
  out.line({
    en: `${basename(name)}: ${table.days} days, ${table.closedDays} closed; judged from ${spans.judgedFrom} to ${spans.to}, ${horizon} day(s) ahead`,
    zh: `${basename(name)}:${table.days} 天,其中歇业 ${table.closedDays} 天;评估 ${spans.judgedFrom} 至 ${spans.to},提前 ${horizon} 天`,
  });
  for (const line of tableLines(rowsOf(result, out.lang === 'zh'))) out.line(`  ${line}`);
  return EXIT.good;
};

function numberOf(
  options: VerbOptions,
  key: string,
  fallback: number,
  fits: (value: number) => boolean,
  range: string,
): number {
  const text = textOf(options, key);
  const value = text === undefined || text.trim() === '' ? fallback : Number(text);
  if (fits(value) && text?.trim() !== '') return value;
  throw wrongUse(`--${key} "${text}" must be ${range}`, `--${key}“${text}”无效:应为 ${range}`);
}

function readTable(file: string, name: string): DemandTable {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw wrongUse(`${file} cannot be read`, `无法读取 ${file}`, {
      en: 'check the path and the rights',
      zh: '请检查路径与权限',
    });
  }
  const read = readDemandTable(text);
  if (read.ok) return read.table;
  throw badTable(name, read.problems);
}

function badTable(name: string, problems: readonly TableProblem[]): Stop {
  const list = (lang: 'zh' | 'en') =>
    problems.map(({ row, column, message }) => {
      const place =
        lang === 'en'
          ? [row > 0 && `row ${row}`, column && `column ${column}`].filter(Boolean).join(', ')
          : [row > 0 && `第 ${row} 行`, column && `“${column}”列`].filter(Boolean).join(',');
      return `${name}${place && `, ${place}`}: ${message[lang]}`;
    });
  const remedies = (lang: 'zh' | 'en', between: string) =>
    [...new Set(problems.map(({ remedy }) => remedy[lang]))].join(between);
  return new Stop(
    'bad_table',
    { en: list('en').join('\n  '), zh: list('zh').join('\n  ') },
    { exit: EXIT.wrongUse, remedy: { en: remedies('en', '; '), zh: remedies('zh', ';') } },
  );
}

function nothingJudged(): Stop {
  return wrongUse('no day is left to be judged', '没有可评估的日期', {
    en: 'give more days, or a smaller --split',
    zh: '请提供更多天数,或减小 --split',
  });
}

function spanOf(table: DemandTable, { cut }: Backtest) {
  return {
    from: dayText(table.from),
    judgedFrom: dayText(addDays(table.from, cut)),
    to: dayText(addDays(table.from, table.days - 1)),
  };
}

function answerOf(table: DemandTable, result: Backtest): object {
  return {
    ...spanOf(table, result),
    days: table.days,
    closedDays: table.closedDays,
    level: 0.9,
    series: result.series,
    total: result.total,
  };
}

function rowsOf({ series, total }: Backtest, isChinese: boolean): string[][] {
  const header = isChinese
    ? ['数据列', '天数', 'WAPE', '偏差', '90% 覆盖率', '区间宽度', '上周同日 WAPE', '方法']
    : ['series', 'days', 'WAPE', 'bias', '90 % covers', 'width', 'last week WAPE', 'method'];
  const cells = (name: string, score: Score, method: string) => [
    name,
    String(score.days),
    percent(score.wape),
    percent(score.bias, true),
    percent(score.coverage),
    percent(score.width),
    percent(score.lastWeekWape),
    method,
  ];
  return [
    header,
    ...series.map((one) => cells(one.name, one, one.method)),
    cells(isChinese ? '合计' : 'total', total, ''),
  ];
}

function percent(share: number | null, signed = false): string {
  if (share === null) return '-';
  return `${signed && share > 0 ? '+' : ''}${(share * 100).toFixed(1)} %`;
}
