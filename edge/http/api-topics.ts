/** The topics of the bus as a table: who writes, how, and what. The AsyncAPI document is made from it. */
import type { z } from 'zod';
import type { Words } from '#recipes/contracts/command.ts';
import { eventResultSchema } from './api-answers.ts';
import { posEventSchema } from './api-events.ts';
import { EVENT_EXAMPLES, MESSAGE_EXAMPLES, RESULT_EXAMPLE } from './api-examples.ts';
import {
  ackSchema,
  alertSchema,
  levelSchema,
  menuLevelSchema,
  presenceSchema,
} from './api-state.ts';
import { suggestionSummarySchema } from './api-suggestions.ts';
import { SUGGESTION_SUMMARY_EXAMPLE } from './api-suggestions-examples.ts';

export type Topic = {
  readonly name: string;
  /** Below `larder/v1/{store}/`; `{x}` is one level. */
  readonly address: string;
  /** What the box does with it. */
  readonly box: readonly ('receive' | 'send')[];
  readonly retain: boolean;
  readonly words: Words;
  readonly parameters: Readonly<Record<string, Words>>;
  readonly schema: z.ZodType;
  readonly examples: Readonly<Record<string, unknown>>;
};

const TERMINAL = { terminal: { en: 'the terminal', zh: '终端' } };

export const TOPICS: readonly Topic[] = [
  {
    name: 'event',
    address: 'pos/{terminal}/event',
    box: ['receive'],
    retain: false,
    words: {
      en: 'One event. The PUBACK of the embedded broker means: on disk.',
      zh: '一条事件。内置代理的 PUBACK 表示：已写盘。',
    },
    parameters: TERMINAL,
    schema: posEventSchema,
    examples: EVENT_EXAMPLES,
  },
  {
    name: 'result',
    address: 'pos/{terminal}/result',
    box: ['send'],
    retain: false,
    words: {
      en: 'What an event came to; again when what waited has posted.',
      zh: '事件的处理结果；等待的内容入账后会再次发送。',
    },
    parameters: TERMINAL,
    schema: eventResultSchema,
    examples: { partial: RESULT_EXAMPLE },
  },
  {
    name: 'ack',
    address: 'pos/{terminal}/ack',
    box: ['send'],
    retain: true,
    words: {
      en: 'How far the stream of a terminal is complete, and which numbers to send again.',
      zh: '终端序号的连续进度，以及需要重发的区间。',
    },
    parameters: TERMINAL,
    schema: ackSchema,
    examples: { gap: MESSAGE_EXAMPLES.ack },
  },
  {
    name: 'terminalStatus',
    address: 'pos/{terminal}/status',
    box: ['receive'],
    retain: true,
    words: { en: 'Birth and will of a terminal.', zh: '终端的上线与遗嘱消息。' },
    parameters: TERMINAL,
    schema: presenceSchema,
    examples: { birth: MESSAGE_EXAMPLES.presence },
  },
  {
    name: 'edgeStatus',
    address: 'edge/status',
    box: ['send'],
    retain: true,
    words: { en: 'Birth and will of the box.', zh: '主机的上线与遗嘱消息。' },
    parameters: {},
    schema: presenceSchema,
    examples: { birth: MESSAGE_EXAMPLES.presence },
  },
  {
    name: 'stockLevel',
    address: 'stock/level/{item}',
    box: ['send'],
    retain: true,
    words: { en: 'How much of an item is on hand.', zh: '物料的现有库存。' },
    parameters: { item: { en: 'item id of the book', zh: '物料编号' } },
    schema: levelSchema,
    examples: { enough: MESSAGE_EXAMPLES.level },
  },
  {
    name: 'stockMenu',
    address: 'stock/menu/{sku}',
    box: ['send'],
    retain: true,
    words: {
      en: 'Portions left of a dish, what runs out first, and when.',
      zh: '菜品的剩余份数、最先用完的物料与时间。',
    },
    parameters: {
      sku: {
        en: "the POS's code; + # / % are percent-encoded",
        zh: '收银编码;+ # / % 以百分号编码',
      },
    },
    schema: menuLevelSchema,
    examples: { enough: MESSAGE_EXAMPLES.menu },
  },
  {
    name: 'orderSuggestion',
    address: 'order/suggestion/{date}',
    box: ['send'],
    retain: true,
    words: {
      en: 'What is suggested to be ordered for the next delivery day, in short; an empty payload when the day is over.',
      zh: '最近到货日的采购建议摘要;过期后发送空消息。',
    },
    parameters: { date: { en: 'delivery day, YYYY-MM-DD', zh: '到货日 YYYY-MM-DD' } },
    schema: suggestionSummarySchema,
    examples: { one: SUGGESTION_SUMMARY_EXAMPLE },
  },
  {
    name: 'alert',
    address: 'alert/{id}',
    box: ['send'],
    retain: true,
    words: {
      en: 'An open alert; an empty payload clears it.',
      zh: '未处理的告警;空消息表示解除。',
    },
    parameters: { id: { en: 'of the alert', zh: '告警编号' } },
    schema: alertSchema,
    examples: { gap: MESSAGE_EXAMPLES.alert },
  },
];
