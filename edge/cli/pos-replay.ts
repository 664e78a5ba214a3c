/** `larder pos replay FILE`: a file of events over real MQTT, in order, until each is acknowledged. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT, wrongUse } from './fail.ts';
import { runningBox } from './place.ts';
import { openReplay, type ReplayReport } from './replay-run.ts';
import { addVerb, argument, type Hang, type Run, textOf } from './verb.ts';

export function addReplay(pos: Command, hang: Hang): void {
  addVerb(
    pos,
    hang,
    'replay <file>',
    'publish a .jsonl of events in order / 按顺序重放事件',
    replay,
  )
    .option('--rate <n>', 'events per second; 0 = as fast as acknowledged / 每秒条数', '0')
    .option('--in-flight <n>', 'at most so many unacknowledged / 未确认上限', '64');
}

const replay: Run = async ({ around, out }, args, options) => {
  const rate = numberOf(options, 'rate', 0, 100_000);
  const inFlight = numberOf(options, 'inFlight', 1, 5_000);
  const file = resolve(around.here, argument(args, 0));
  const bodies = readLines(file);
  const box = runningBox(around);
  const terminal = textOf(options, 'terminal') ?? 'T1';
  const report = await openReplay({ box, terminal, bodies, rate, inFlight }, (now) => {
    const share = `${now.acknowledged} / ${bodies.length}`;
    const link = now.up ? { en: '', zh: '' } : { en: ', waiting for the box', zh: ',等待主机' };
    out.progress({ en: `${share} acknowledged${link.en}`, zh: `已确认 ${share}${link.zh}` });
  });
  out.progressDone();
  out.data(report);
  for (const line of reportLines(report)) out.line(line);
  return report.acknowledged === report.events ? EXIT.good : EXIT.findings;
};

function readLines(file: string): Buffer[] {
  let text: Buffer;
  try {
    text = readFileSync(file);
  } catch {
    throw wrongUse(`${file} cannot be read`, `无法读取 ${file}`);
  }
  // By bytes and not by text: what is no UTF-8 must arrive as it is.
  const lines: Buffer[] = [];
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf(10, start);
    const line = text.subarray(start, end < 0 ? text.length : end);
    if (line.length > 0 && !(line.length === 1 && line[0] === 13)) lines.push(line);
    start = end < 0 ? text.length : end + 1;
  }
  return lines;
}

function numberOf(
  options: Readonly<Record<string, unknown>>,
  key: string,
  min: number,
  max: number,
): number {
  const value = Number(options[key]);
  if (Number.isFinite(value) && value >= min && value <= max) return value;
  const flag = key === 'inFlight' ? '--in-flight' : `--${key}`;
  throw wrongUse(
    `${flag} is a number from ${min} to ${max}`,
    `${flag} 应为 ${min} 到 ${max} 之间的数`,
  );
}

function reportLines(report: ReplayReport): { en: string; zh: string }[] {
  const statuses = Object.entries(report.results)
    .map(([status, count]) => `${status} ${count}`)
    .join(', ');
  const time = `${report.seconds.toFixed(1)} s`;
  const rate = Math.round(report.acknowledged / Math.max(report.seconds, 0.001));
  const ms = ({ p50, p99 }: { p50: number; p99: number }) =>
    `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
  return [
    {
      en: `acknowledged ${report.acknowledged} of ${report.events} in ${time} (${rate} per second)`,
      zh: `已确认 ${report.acknowledged} / ${report.events},用时 ${time}(每秒 ${rate})`,
    },
    {
      en: `results: ${statuses}${report.withoutResult > 0 ? `; without a result ${report.withoutResult}` : ''}`,
      zh: `结果:${statuses}${report.withoutResult > 0 ? `;无结果 ${report.withoutResult}` : ''}`,
    },
    { en: `duplicates: ${report.duplicates}`, zh: `重复:${report.duplicates}` },
    {
      en: `sent again: ${report.sentAgain}, reconnects: ${report.reconnects}`,
      zh: `重发:${report.sentAgain},重连:${report.reconnects}`,
    },
    { en: `acknowledged after ${ms(report.ack)}`, zh: `确认耗时 ${ms(report.ack)}` },
    { en: `result after ${ms(report.result)}`, zh: `结果耗时 ${ms(report.result)}` },
  ];
}
