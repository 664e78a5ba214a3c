/** `larder pos void SALE` and `larder pos refund SALE LINE[:QTY]` */
import type { Command } from 'commander';
import { Option } from 'commander';
import { callBox } from './box-client.ts';
import { wrongUse } from './fail.ts';
import { type RunningBox, runningBox } from './place.ts';
import { eventOf, exitOf, showResult, timeOf } from './pos-sell.ts';
import { newId, sendEvent } from './terminal-line.ts';
import { addVerb, argument, type Hang, type Run, textOf } from './verb.ts';

const DISPOSITIONS = ['not_made', 'made_discarded', 'made_served_free', 'unknown'];

/** Adds the verb `pos void`. */
export function addVoid(pos: Command, hang: Hang): void {
  addVerb(pos, hang, 'void <sale>', 'take back a sale or some of its lines / 作废', runVoid)
    .option('--line <line...>', 'only these: LINE or LINE:QTY / 仅作废这些行')
    .addOption(disposition())
    .option('--reason <text>', 'why / 原因')
    .option('--id <id>', 'event id / 事件编号')
    .option('--time <time>', 'when, RFC 3339 / 时间');
}

/** Adds the verb `pos refund`. */
export function addRefund(pos: Command, hang: Hang): void {
  addVerb(pos, hang, 'refund <sale> <line...>', 'refund lines: LINE or LINE:QTY / 退款', runRefund)
    .addOption(disposition())
    .option('--reason <text>', 'why / 原因')
    .option('--id <id>', 'event and refund id / 事件编号')
    .option('--time <time>', 'when, RFC 3339 / 时间');
}

function disposition(): Option {
  return new Option('--disposition <what>', 'what became of the food / 餐品去向').choices(
    DISPOSITIONS,
  );
}

const runVoid: Run = async ({ around, out }, args, options) => {
  const saleId = argument(args, 0);
  const said = Array.isArray(options['line']) ? (options['line'] as string[]) : [];
  const lines = said.map(readLineCount);
  const box = runningBox(around);
  const terminal = textOf(options, 'terminal') ?? 'T1';
  const event = eventOf(box, terminal, 'larder.pos.void.v1', idOf(options), timeOf(options), {
    saleId,
    ...(lines.length > 0 ? { lines } : {}),
    ...extras(options, true),
  });
  const { result, ms } = await sendEvent(box, terminal, event);
  showResult(out, result, `void ${saleId}`, ms);
  return exitOf(result);
};

const runRefund: Run = async ({ around, out }, args, options) => {
  const saleId = argument(args, 0);
  const said = (Array.isArray(args[1]) ? args[1] : []).map(readLineCount);
  const box = runningBox(around);
  const terminal = textOf(options, 'terminal') ?? 'T1';
  const missing = said.filter(({ qty }) => qty === undefined).map(({ lineId }) => lineId);
  const whole =
    missing.length > 0 ? await soldQuantities(box, terminal, saleId, missing) : new Map();
  const id = idOf(options);
  const event = eventOf(box, terminal, 'larder.pos.refund.v1', id, timeOf(options), {
    refundId: id,
    saleId,
    lines: said.map(({ lineId, qty }) => ({
      lineId,
      qty: qty ?? whole.get(lineId),
      ...extras(options, false),
    })),
    ...(textOf(options, 'reason') === undefined ? {} : { reason: textOf(options, 'reason') }),
  });
  const { result, ms } = await sendEvent(box, terminal, event);
  showResult(out, result, `refund ${saleId}`, ms);
  return exitOf(result);
};

function idOf(options: Readonly<Record<string, unknown>>): string {
  return textOf(options, 'id') ?? newId();
}

function extras(options: Readonly<Record<string, unknown>>, reasoned: boolean) {
  const said = textOf(options, 'disposition');
  const reason = reasoned ? textOf(options, 'reason') : undefined;
  return {
    ...(said === undefined ? {} : { disposition: said }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function readLineCount(text: string): { lineId: string; qty?: string } {
  const [, lineId = '', qty] = /^(.+?)(?::(\d{1,9}(?:\.\d{1,6})?))?$/.exec(text) ?? [];
  if (lineId !== '') return qty === undefined ? { lineId } : { lineId, qty };
  throw wrongUse(
    `"${text}" is no line; write LINE or LINE:QTY`,
    `“${text}”无法识别;格式为 行号 或 行号:数量`,
  );
}

/** What was sold on lines whose quantity was not said. @throws Stop when the box does not know them */
async function soldQuantities(
  box: RunningBox,
  terminal: string,
  saleId: string,
  lineIds: readonly string[],
): Promise<Map<string, string>> {
  const path = `/api/v1/sales/${encodeURIComponent(saleId)}?terminal=${encodeURIComponent(terminal)}`;
  const answer = await callBox(box, 'GET', path);
  const lines = (answer.body as { lines?: { lineId: string; qty: string }[] } | null)?.lines ?? [];
  const sold = new Map(lines.map(({ lineId, qty }) => [lineId, qty]));
  const unknown = lineIds.filter((lineId) => !sold.has(lineId));
  if (unknown.length === 0) return sold;
  const names = unknown.join(', ');
  throw wrongUse(
    answer.status === 404
      ? `the box has no sale ${saleId} of ${terminal}, so say how many: ${names}:QTY`
      : `sale ${saleId} has no line ${names}; it has: ${[...sold.keys()].join(', ')}`,
    answer.status === 404
      ? `主机没有 ${terminal} 的销售单 ${saleId},请写明数量:${names}:数量`
      : `销售单 ${saleId} 没有行 ${names};现有:${[...sold.keys()].join(', ')}`,
  );
}
