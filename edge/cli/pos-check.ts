/** `larder pos check`: is a terminal's stream such that the box can prove that nothing is missing? */
import type { Command } from 'commander';
import { askBox } from './box-client.ts';
import { EXIT, Stop, wrongUse } from './fail.ts';
import { tableLines } from './output.ts';
import { type RunningBox, runningBox } from './place.ts';
import { type StreamEvent, scoreStream } from './stream-score.ts';
import { accountOf } from './terminal-line.ts';
import { addVerb, type Hang, type Run, textOf } from './verb.ts';

export function addCheck(pos: Command, hang: Hang): void {
  addVerb(pos, hang, 'check', "score an integrator's stream / 收银对接验收", run).option(
    '--last <n>',
    'how many of the newest events of the box to look at / 检查最近条数',
    '2000',
  );
}

const run: Run = async ({ around, out }, _args, options) => {
  const last = Number(options['last']);
  if (!Number.isInteger(last) || last < 1)
    throw wrongUse('--last is a number above 0', '--last 应为正整数');
  const box = runningBox(around);
  const terminal = textOf(options, 'terminal') ?? 'T1';
  accountOf(box, terminal);
  const events = await readEvents(box, terminal, last, (done, total) =>
    out.progress(`${done} / ${total}`),
  );
  out.progressDone();
  if (events.length === 0) {
    throw new Stop('no_events', {
      en: `${terminal} has sent nothing yet`,
      zh: `${terminal} 尚未发送任何事件`,
    });
  }
  const inbox = await askBox<{ items: { kind: string; subject: Record<string, unknown> }[] }>(
    box,
    'GET',
    '/api/v1/inbox',
  );
  const status = await askBox<{ terminals: { terminal: string; state: string }[] }>(
    box,
    'GET',
    '/api/v1/status',
  );
  const mine = new Set(events.map(({ number }) => number));
  const conflicts = inbox.items.filter(
    ({ kind, subject }) => kind === 'conflict' && mine.has(Number(subject['event'])),
  ).length;
  const gaps = inbox.items.filter(
    ({ kind, subject }) => kind === 'gap' && subject['terminal'] === terminal,
  ).length;
  const state = status.terminals.find((one) => one.terminal === terminal)?.state ?? 'silent';
  const checks = scoreStream({ events, conflicts, gaps, state });
  const failed = checks.filter((check) => check.state === 'fail').length;
  const warned = checks.filter((check) => check.state === 'warn').length;
  const score = Math.round((100 * (checks.length - failed - warned / 2)) / checks.length);
  out.data({ terminal, events: events.length, score, passed: failed === 0, checks });
  out.line({
    en: `${terminal}: ${events.length} events`,
    zh: `${terminal}:${events.length} 条事件`,
  });
  const lines = tableLines(
    checks.map((check) => [MARKS[check.state], check.id, out.say(check.what)]),
  );
  checks.forEach((check, i) => {
    out.line(lines[i] ?? '');
    if (check.state !== 'ok') out.line(`        → ${out.say(check.remedy)}`);
  });
  out.line({
    en: `score ${score} of 100: ${failed === 0 ? 'fit for service' : `${failed} must be mended`}`,
    zh: `得分 ${score}/100:${failed === 0 ? '可以上线' : `有 ${failed} 项必须整改`}`,
  });
  return failed > 0 ? EXIT.findings : EXIT.good;
};

const MARKS = { ok: 'ok  ', warn: 'WARN', fail: 'FAIL' } as const;

const PAGE = 500;
const AT_ONCE = 8;

async function readEvents(
  box: RunningBox,
  terminal: string,
  last: number,
  onProgress: (done: number, total: number) => void,
): Promise<StreamEvent[]> {
  type Listed = Omit<StreamEvent, 'body'> & { terminal: string };
  const newest = await askBox<{ events: Listed[] }>(box, 'GET', '/api/v1/events?limit=1');
  const top = newest.events[0]?.number ?? 0;
  const listed: Listed[] = [];
  for (let after = Math.max(0, top - last); after < top; ) {
    const page = await askBox<{ events: Listed[] }>(
      box,
      'GET',
      `/api/v1/events?after=${after}&limit=${PAGE}`,
    );
    const end = page.events.at(-1)?.number;
    if (end === undefined) break;
    // Events of other makes' adapters are not what the integrator wrote.
    listed.push(
      ...page.events.filter((event) => event.terminal === terminal && event.source === null),
    );
    after = end;
  }
  const events: StreamEvent[] = [];
  for (let start = 0; start < listed.length; start += AT_ONCE) {
    const batch = listed.slice(start, start + AT_ONCE).map(async (event) => {
      const { body } = await askBox<{ body: string }>(box, 'GET', `/api/v1/events/${event.number}`);
      return { ...event, body: parsed(body) };
    });
    events.push(...(await Promise.all(batch)));
    onProgress(events.length, listed.length);
  }
  return events;
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
