/** `larder pos sell SKU[:QTY][+MOD[:QTY]…] …` */

import type { Command } from 'commander';
import type { EventResult, SoldLine } from '#recipes/contracts/pos-event.ts';
import { callBox } from './box-client.ts';
import { EXIT, wrongUse } from './fail.ts';
import type { Output } from './output.ts';
import { type RunningBox, runningBox } from './place.ts';
import { newId, sendEvent } from './terminal-line.ts';
import { addVerb, type Hang, type Run, textOf } from './verb.ts';

/** Adds the verb `pos sell`. */
export function addSell(pos: Command, hang: Hang): void {
  addVerb(pos, hang, 'sell <dish...>', 'publish one sale: SKU[:QTY][+MOD…] / 卖一单', sell)
    .option('--id <id>', 'event and sale id; the same id again is a duplicate / 事件编号')
    .option('--channel <channel>', 'dine_in, takeaway, delivery … / 渠道')
    .option('--time <time>', 'when it was sold, RFC 3339; default: when it arrives / 销售时间');
}

const sell: Run = async ({ around, out }, [dishes], options) => {
  const lines = (Array.isArray(dishes) ? dishes : []).map((text, i) => readLine(text, i));
  const box = runningBox(around);
  const terminal = textOf(options, 'terminal') ?? 'T1';
  const id = textOf(options, 'id') ?? newId();
  const channel = textOf(options, 'channel');
  const event = eventOf(box, terminal, 'larder.pos.sale.v1', id, timeOf(options), {
    saleId: id,
    ...(channel === undefined ? {} : { channel }),
    lines,
  });
  const { result, ms } = await sendEvent(box, terminal, event);
  const what = out.json ? '' : await namesOf(box, terminal, id, lines);
  showResult(out, result, what, ms);
  return exitOf(result);
};

/** A CloudEvents envelope as this terminal's. */
export function eventOf(
  box: RunningBox,
  terminal: string,
  type: string,
  id: string,
  time: string | undefined,
  data: unknown,
) {
  const source = `/stores/${box.store}/pos/${terminal}`;
  const when = time === undefined ? {} : { time };
  // Without a time by default: the same id sent again must be the same content.
  return {
    specversion: '1.0',
    id,
    source,
    type,
    ...when,
    datacontenttype: 'application/json',
    data,
  };
}

/** @throws Stop for text that is no time */
export function timeOf(options: Readonly<Record<string, unknown>>): string | undefined {
  const time = textOf(options, 'time');
  if (time === undefined || /T.*(Z|[+-]\d\d:\d\d)$/.test(time)) return time;
  throw wrongUse(
    `--time "${time}" is no time; write 2026-11-22T12:31:07+08:00`,
    `--time“${time}”不是有效时间;示例 2026-11-22T12:31:07+08:00`,
  );
}

/** The result as one line, its reasons below it; with --json the result itself. */
export function showResult(out: Output, result: EventResult, what: string, ms: number): void {
  out.data(result);
  const { status, movements, lines } = result;
  const held =
    lines.held > 0
      ? { en: `, ${lines.held} lines wait`, zh: `,${lines.held} 行等待` }
      : { en: '', zh: '' };
  out.line({
    en: `${status}  ${result.eventId}  ${what}: ${movements} moves${held.en} in ${Math.ceil(ms)} ms`,
    zh: `${status} ${STATUS_ZH[status]}  ${result.eventId}  ${what}:${movements} 笔库存变动${held.zh},${Math.ceil(ms)} 毫秒`,
  });
  for (const { message, messageZh, path } of result.reasons) {
    const place = path === undefined ? '' : `  (${path})`;
    out.line({ en: `  ${message}${place}`, zh: `  ${messageZh}${place}` });
  }
}

/** 0 when stock shows the event, now or from before; 1 when it waits for somebody. */
export function exitOf(result: EventResult): number {
  return result.status === 'applied' || result.status === 'duplicate' ? EXIT.good : EXIT.findings;
}

const STATUS_ZH: Readonly<Record<EventResult['status'], string>> = {
  applied: '已入账',
  partial: '部分入账',
  held: '等待',
  duplicate: '重复',
  conflict: '冲突',
  quarantined: '隔离',
};

/** `M-1001:2+M7+M9:2` as a sold line. @throws Stop for what cannot be read */
export function readLine(text: string, index: number): SoldLine {
  const [dish = '', ...mods] = text.split('+');
  const { sku, qty } = readCount(dish, text);
  const modifiers = mods.map((mod) => {
    const read = readCount(mod, text);
    return { sku: read.sku, qty: read.qty };
  });
  return { lineId: String(index + 1), sku, qty, ...(modifiers.length > 0 ? { modifiers } : {}) };
}

/** `CODE` or `CODE:QTY`; a code may itself contain colons. */
function readCount(part: string, whole: string): { sku: string; qty: string } {
  const [, code = '', count] = /^(.*?)(?::(\d{1,9}(?:\.\d{1,6})?))?$/.exec(part) ?? [];
  if (code !== '' && !/:[^:]*$/.test(code)) return { sku: code, qty: count ?? '1' };
  if (code !== '' && count !== undefined) return { sku: code, qty: count };
  throw wrongUse(
    `"${whole}" is no dish; write SKU, SKU:QTY or SKU:QTY+MOD, for example M-1001:2+M7`,
    `“${whole}”无法识别;格式为 SKU、SKU:数量 或 SKU:数量+做法,例如 M-1001:2+M7`,
  );
}

/** "2 × 红烧肉盖饭, 1 × 可乐", by the names the box knows. */
async function namesOf(
  box: RunningBox,
  terminal: string,
  saleId: string,
  lines: readonly SoldLine[],
): Promise<string> {
  const path = `/api/v1/sales/${encodeURIComponent(saleId)}?terminal=${terminal}`;
  const answer = await callBox(box, 'GET', path);
  const known =
    (answer.body as { lines?: { sku: string; name: string | null }[] } | null)?.lines ?? [];
  const names = new Map(known.map(({ sku, name }) => [sku, name]));
  return lines.map(({ sku, qty }) => `${qty} × ${names.get(sku) ?? sku}`).join(', ');
}
