/** The judgement on a terminal's stream. Pure: from events as stored to checks with their remedies. */
import type { Words } from '#recipes/contracts/command.ts';

export type StreamEvent = {
  readonly number: number;
  readonly eventId: string;
  readonly type: string;
  readonly status: string;
  readonly receivedAt: string;
  readonly source: string | null;
  readonly reasons: readonly { readonly code: string }[];
  /** What was sent; empty when it was no JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
};

export type Stream = {
  /** In order of arrival. */
  readonly events: readonly StreamEvent[];
  /** Ids that came again with other content, and open gaps. */
  readonly conflicts: number;
  readonly gaps: number;
  /** What the terminal says of itself: ready, lost, silent. */
  readonly state: string;
};

export type StreamCheck = {
  readonly id: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly what: Words;
  readonly remedy: Words;
};

export function scoreStream(stream: Stream): StreamCheck[] {
  return [
    understood(stream),
    stableIds(stream),
    dense(stream),
    times(stream),
    businessDays(stream),
    lineIds(stream),
    linked(stream),
    skus(stream),
    dayClose(stream),
    status(stream),
  ];
}

function check(
  id: string,
  state: StreamCheck['state'],
  [en, zh]: readonly [string, string],
  [remedyEn, remedyZh]: readonly [string, string],
): StreamCheck {
  return { id, state, what: { en, zh }, remedy: { en: remedyEn, zh: remedyZh } };
}

function understood({ events }: Stream): StreamCheck {
  const bad = events.filter(({ status: said }) => said === 'quarantined');
  const first = bad[0] ? ` (${bad[0].reasons[0]?.code ?? '?'}, event ${bad[0].number})` : '';
  return check(
    'shape',
    bad.length === 0 ? 'ok' : 'fail',
    [
      `${bad.length} of ${events.length} events were not understood${first}`,
      `${events.length} 条事件中 ${bad.length} 条无法识别${first}`,
    ],
    ['the result says where: its reasons carry code and path', '结果中的 reasons 含错误代码与位置'],
  );
}

function stableIds({ events, conflicts }: Stream): StreamCheck {
  const without = events.filter(({ eventId }) => eventId.startsWith('#')).length;
  return check(
    'stable_ids',
    conflicts + without === 0 ? 'ok' : 'fail',
    [
      `${conflicts} ids came again with other content, ${without} events have no id`,
      `${conflicts} 个编号内容前后不一致,${without} 条无编号`,
    ],
    [
      'make the id once, where the sale is born, store it with the event, and send the same bytes again',
      '编号应在销售产生时生成一次并随事件保存;重发时内容必须完全相同',
    ],
  );
}

function dense({ events, gaps }: Stream): StreamCheck {
  const understoodOnes = events.filter(({ status: said }) => said !== 'quarantined');
  const numbered = understoodOnes.filter(({ body }) => body['sequence'] !== undefined);
  const missing = missingNumbers(numbered);
  const reused = count(events, 'sequence_reused');
  const epochs = numbered.filter(({ body }) => body['epoch'] !== undefined).length;
  const remedy = [
    'count 1, 2, 3 … in "sequence" within one "epoch" (new at installation), keep both on disk; pos/T/ack says what to send again',
    '在同一 epoch 内用 sequence 从 1 连续编号并落盘;按 pos/T/ack 重发缺口',
  ] as const;
  if (numbered.length < understoodOnes.length) {
    const bare = understoodOnes.length - numbered.length;
    return check(
      'sequence',
      numbered.length === 0 ? 'warn' : 'fail',
      [
        `${bare} of ${understoodOnes.length} events carry no sequence: a lost one cannot be noticed`,
        `${understoodOnes.length} 条中 ${bare} 条没有序号:丢失无法发现`,
      ],
      remedy,
    );
  }
  const good = missing + gaps + reused === 0;
  const what = [
    `${missing} numbers missing, ${reused} used twice${epochs < numbered.length ? ', no epoch' : ''}`,
    `缺 ${missing} 个序号,${reused} 个重复使用${epochs < numbered.length ? ',无 epoch' : ''}`,
  ] as const;
  return check('sequence', !good ? 'fail' : epochs < numbered.length ? 'warn' : 'ok', what, remedy);
}

function missingNumbers(events: readonly StreamEvent[]): number {
  const epochs = new Map<string, Set<number>>();
  for (const { body } of events) {
    const epoch = String(body['epoch'] ?? '');
    const numbers = epochs.get(epoch) ?? new Set();
    numbers.add(Number(body['sequence']));
    epochs.set(epoch, numbers);
  }
  let missing = 0;
  for (const numbers of epochs.values()) {
    const sorted = [...numbers].sort((a, b) => a - b);
    missing += (sorted.at(-1) ?? 0) - (sorted[0] ?? 0) + 1 - sorted.length;
  }
  return missing;
}

const LATE_MS = 5 * 60_000;

function times({ events }: Stream): StreamCheck {
  const said = events.flatMap(({ body, receivedAt }) => {
    const at = typeof body['time'] === 'string' ? Date.parse(body['time']) : Number.NaN;
    return Number.isNaN(at) ? [] : [Date.parse(receivedAt) - at];
  });
  const ahead = said.filter((lag) => lag < -LATE_MS).length;
  const sorted = [...said].sort((a, b) => a - b);
  const median = Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) / 1_000);
  const bare = events.length - said.length;
  return check(
    'time',
    ahead > 0 ? 'fail' : bare > 0 ? 'warn' : 'ok',
    [
      `${bare} events carry no time, ${ahead} come from the future; usual delay ${median} s`,
      `${bare} 条没有时间,${ahead} 条来自未来;通常延迟 ${median} 秒`,
    ],
    [
      'send "time" as RFC 3339 with offset, and set the clock of the terminal by NTP',
      '请以带时区的 RFC 3339 发送 time,并用 NTP 校准终端时钟',
    ],
  );
}

function businessDays({ events }: Stream): StreamCheck {
  const sales = salesOf(events);
  const bare = sales.filter(({ body }) => dataOf(body)['businessDate'] === undefined).length;
  const differs = count(events, 'day_differs');
  return check(
    'business_day',
    differs > 0 ? 'fail' : bare > 0 ? 'warn' : 'ok',
    [
      `${bare} of ${sales.length} sales carry no businessDate, ${differs} one far from their time`,
      `${sales.length} 单中 ${bare} 单无营业日,${differs} 单营业日与时间不符`,
    ],
    [
      'send the POS\'s own "businessDate": a sale after midnight belongs to the evening',
      '请发送收银端的营业日:零点后的销售属于前一晚',
    ],
  );
}

function lineIds({ events }: Stream): StreamCheck {
  const lines = salesOf(events).flatMap(({ body }) => linesOf(body));
  const bare = lines.filter((line) => line['lineId'] === undefined).length;
  return check(
    'line_ids',
    bare > 0 ? 'warn' : 'ok',
    [
      `${bare} of ${lines.length} sold lines carry no lineId`,
      `${lines.length} 行中 ${bare} 行没有行号`,
    ],
    [
      'give each line a lineId that stays: a partial refund names it',
      '请为每行提供固定行号:部分退款需要引用',
    ],
  );
}

function linked({ events }: Stream): StreamCheck {
  const back = events.filter(
    ({ type }) => type === 'larder.pos.void.v1' || type === 'larder.pos.refund.v1',
  );
  const lost = back.filter(({ reasons }) =>
    reasons.some(({ code }) => code === 'unknown_sale' || code === 'ambiguous_sale'),
  );
  const wrong = count(back, 'unknown_line') + count(back, 'nothing_left');
  return check(
    'linked',
    lost.length > 0 ? 'fail' : wrong > 0 ? 'warn' : 'ok',
    [
      `${lost.length} of ${back.length} voids and refunds name no known sale, ${wrong} a wrong line or too much`,
      `${back.length} 条作废/退款中 ${lost.length} 条找不到销售单,${wrong} 条行号或数量有误`,
    ],
    [
      'name the saleId and lineId of the sale that is taken back, as they were sent',
      '请使用原销售单的 saleId 与 lineId',
    ],
  );
}

const UNKNOWN_FAIL = 0.05;

function skus({ events }: Stream): StreamCheck {
  const sales = salesOf(events);
  const unknown = sales.filter(
    ({ reasons, status: said }) =>
      said !== 'applied' &&
      reasons.some(({ code }) => code.startsWith('unknown_') || code === 'no_book'),
  ).length;
  const share = sales.length === 0 ? 0 : unknown / sales.length;
  return check(
    'skus',
    unknown > 2 && share > UNKNOWN_FAIL ? 'fail' : unknown > 0 ? 'warn' : 'ok',
    [
      `${unknown} of ${sales.length} sales have a dish that is not in the book (${(share * 100).toFixed(1)} %)`,
      `${sales.length} 单中 ${unknown} 单含未匹配菜品(${(share * 100).toFixed(1)}%)`,
    ],
    [
      'map each once: larder map SKU RECIPE, or on the page; codes must not change from day to day',
      '逐一匹配:larder map 编码 配方,或在页面上处理;编码不可每天变化',
    ],
  );
}

function dayClose({ events }: Stream): StreamCheck {
  const closes = events.filter(({ type }) => type === 'larder.pos.dayclose.v1').length;
  return check(
    'day_close',
    closes === 0 ? 'warn' : 'ok',
    [`${closes} day closes`, `日结 ${closes} 次`],
    [
      'send larder.pos.dayclose.v1 with the totals of the day: the box then proves that it missed nothing',
      '请在日结时发送 larder.pos.dayclose.v1,主机据此证明没有遗漏',
    ],
  );
}

function status({ state }: Stream): StreamCheck {
  return check(
    'status',
    state === 'silent' ? 'warn' : 'ok',
    [`the terminal is ${state}`, `终端状态:${state}`],
    [
      'publish {"state":"ready","session":…} retained on pos/T/status, with a will that says lost',
      '请在 pos/T/status 保留发布 ready,并设置遗嘱 lost',
    ],
  );
}

function salesOf(events: readonly StreamEvent[]): StreamEvent[] {
  return events.filter(
    ({ type }) => type === 'larder.pos.sale.v1' || type === 'larder.pos.snapshot.v1',
  );
}

function count(events: readonly StreamEvent[], code: string): number {
  return events.filter(({ reasons }) => reasons.some((reason) => reason.code === code)).length;
}

function dataOf(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const data = body['data'];
  // The short form has its lines at the top.
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : body;
}

function linesOf(body: Readonly<Record<string, unknown>>): Record<string, unknown>[] {
  const data = dataOf(body);
  const lines = data['lines'] ?? data['items'];
  return Array.isArray(lines) ? (lines as Record<string, unknown>[]) : [];
}
