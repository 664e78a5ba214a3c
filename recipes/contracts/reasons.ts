/**
 * Why an event is not simply `applied`: the closed list of codes, with the words in both languages.
 * Codes are part of the public contract; words may improve.
 */
import type { Reason } from './pos-event.ts';

/** A reason with its words; `what` is put into the sentence where the list below says so. */
export function reason(code: ReasonCode, what = '', path?: string): Reason {
  const [en, zh] = REASONS[code];
  return {
    code,
    ...(path === undefined ? {} : { path }),
    message: en.replace('{}', what),
    messageZh: zh.replace('{}', what),
  };
}

export type ReasonCode = keyof typeof REASONS;

export const REASONS = {
  bad_json: [
    'not JSON: {}; send one UTF-8 JSON object',
    '不是有效的 JSON:{};请发送一个 UTF-8 编码的 JSON 对象',
  ],
  bad_encoding: [
    'not UTF-8 text; send UTF-8 without other encodings',
    '不是 UTF-8 文本;请使用 UTF-8 编码发送',
  ],
  duplicate_key: [
    'the key {} stands twice with no way to tell which counts; send it once',
    '键 {} 重复出现,无法判断以哪个为准;请只发送一次',
  ],
  too_large: [
    'the event is larger than 64 KiB ({} bytes); split it',
    '事件超过 64 KiB({} 字节);请拆分',
  ],
  bad_shape: ['{}', '格式不符:{}'],
  bad_amount: [
    'an amount cannot be kept exactly ({}); quantities have up to 9 digits and 6 decimals',
    '数量无法精确保存({});最多 9 位整数、6 位小数',
  ],
  unknown_type: [
    'the event type {} is not known to this version; it is kept and can be replayed later',
    '此版本不认识事件类型 {};已保留,升级后可重放',
  ],
  wrong_identity: [
    'the event says it comes from {}, but this connection is another terminal',
    '事件声称来自 {},但当前连接是另一台终端',
  ],
  id_conflict: [
    'the id {} was stored before with other content; the first one counts, this one waits for a person',
    '编号 {} 已存有不同内容;以先到的为准,此条等待人工处理',
  ],
  sale_conflict: [
    'the sale {} was stored before with other lines; the first one counts, this one waits for a person',
    '销售单 {} 已存有不同的明细;以先到的为准,此条等待人工处理',
  ],
  unknown_sku: [
    'the dish {} is not in the recipe book; map it once and it posts by itself',
    '配方册中没有菜品 {};匹配一次后会自动入账',
  ],
  unknown_modifier: [
    'the modifier {} is not in the recipe book; map it once and the line posts by itself',
    '配方册中没有做法/加料 {};匹配一次后该行会自动入账',
  ],
  no_book: [
    'there is no recipe book yet; import one and the sale posts by itself',
    '还没有配方册;导入后该销售会自动入账',
  ],
  unknown_sale: [
    'the sale {} has not arrived yet; this waits for it',
    '销售单 {} 尚未到达;此条会等待它',
  ],
  other_terminal: [
    'the sale {} is known from another terminal only; name that terminal in data.terminal, or wait for the sale',
    '销售单 {} 仅见于其他终端;请在 data.terminal 中注明该终端,或等待该销售单到达',
  ],
  lines_missing: [
    'the order {} was announced without its lines; send the whole order, or set up its collection',
    '订单 {} 的推送不含明细;请发送完整订单或配置拉取',
  ],
  unknown_line: ['the sale has no line {}', '该销售单没有行 {}'],
  nothing_left: [
    'line {} was already taken back as far as it was sold; the excess has no effect',
    '行 {} 已按售出数量全部退回;超出部分不起作用',
  ],
  stale_revision: [
    'a newer revision than {} was accepted before; this one has no effect',
    '已接受比 {} 更新的版本;此条不起作用',
  ],
  mapping_not_usable: [
    'the recipe mapped to {} is in no book that was in force',
    '{} 所匹配的配方不在任何有效的配方册中',
  ],
  sequence_reused: [
    'the sequence number {} was used before by another event; is a terminal cloned or reset?',
    '序号 {} 已被其他事件使用;终端是否被克隆或重置?',
  ],
  day_differs: [
    'the business day {} is far from the time of the event; the time decided',
    '营业日 {} 与事件时间相差过大;以时间为准',
  ],
  time_ahead: [
    'the event is {} ahead of the clock of the box; send "time" with its offset, and set the clock that is wrong',
    '事件时间比主机时钟快 {};请带时区发送 time,并校准出错的时钟',
  ],
  internal: [
    'the box could not settle this event ({}); it is kept and tried again',
    '主机暂时无法处理此事件({});已保留并会重试',
  ],
} as const satisfies Record<string, readonly [en: string, zh: string]>;
