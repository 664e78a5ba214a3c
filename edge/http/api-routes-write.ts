/** Routes that change something: events from the POS, commands, the book. */
import { z } from 'zod';
import { bookSchema } from '#recipes/contracts/book.ts';
import { commandSchema, commandSchemas } from '#recipes/contracts/command.ts';
import { commandResultsSchema, eventResultsSchema } from './api-answers.ts';
import { posEventSchema } from './api-events.ts';
import { BOOK_EXAMPLE, COMMANDS_EXAMPLE, EVENT_EXAMPLES, RESULT_EXAMPLE } from './api-examples.ts';
import { type Parameter, passHeader, type Route } from './api-route.ts';
import { bookAdoptedSchema, speedSchema } from './api-state.ts';

const JSON_TYPE = 'application/json';
const EVENTS_MAX = 500;
const COMMANDS_MAX = 100;

const terminal: Parameter = {
  name: 'terminal',
  in: 'path',
  required: true,
  words: { en: 'the terminal that sold', zh: '售出的终端' },
  example: 'T1',
};

const events = z
  .union([posEventSchema, z.array(posEventSchema).max(EVENTS_MAX)])
  .meta({ id: 'PosEvents', description: 'one event, or up to 500 in a list' });

/** A command of each kind, so that a reader sees which data belong to which. */
const kinds = Object.entries(commandSchemas).map(([kind, data]) =>
  commandSchema
    .extend({ kind: z.literal(kind), data })
    .meta({ id: `Command.${kind}`, title: kind }),
);
const commandsRequest = z
  .object({ commands: z.array(z.union(kinds)).min(1).max(COMMANDS_MAX) })
  .meta({ id: 'CommandsRequest' });

export const WRITE_ROUTES: readonly Route[] = [
  {
    method: 'post',
    path: '/api/v1/pos/{terminal}/events',
    tag: 'pos',
    auth: 'terminal',
    summary: {
      en: 'Send events: the HTTP twin of the MQTT topic',
      zh: '上报事件（与 MQTT 主题等效）',
    },
    detail: {
      en: 'Answers after everything is on disk, with one result for each event in order. Send the same again whenever in doubt: an id counts once.',
      zh: '全部写盘后才应答，按顺序逐条给出结果。不确定时原样重发即可：同一编号只计一次。',
    },
    parameters: [terminal],
    request: { types: [JSON_TYPE], schema: events, examples: EVENT_EXAMPLES },
    answer: {
      status: 202,
      type: JSON_TYPE,
      schema: eventResultsSchema,
      example: { results: [RESULT_EXAMPLE] },
      words: { en: 'on disk; what each event came to', zh: '已写盘；每条事件的结果' },
    },
    problems: [
      'unauthorized',
      'forbidden',
      'unknown_terminal',
      'too_many',
      'too_large',
      'cannot_store',
    ],
  },
  {
    method: 'post',
    path: '/api/v1/pos/{terminal}/adapters/{make}',
    tag: 'pos',
    auth: 'terminal',
    summary: { en: 'Send the body of another POS make as it is', zh: '直接转发其他收银系统的报文' },
    detail: {
      en: 'The bytes are kept as they came, read into events, and answered the way that make expects.',
      zh: '原样保存报文，转换为事件，并按该系统的约定应答。',
    },
    parameters: [
      terminal,
      {
        name: 'make',
        in: 'path',
        required: true,
        schema: { type: 'string', enum: ['square', 'freemud'] },
        words: { en: 'the make of the POS', zh: '收银系统' },
        example: 'square',
      },
    ],
    request: {
      types: [JSON_TYPE],
      schema: z.unknown().meta({ description: "the vendor's own body" }),
      examples: { square: { merchant_id: 'M1', type: 'order.updated', event_id: 'e-1', data: {} } },
    },
    answer: {
      status: 200,
      type: JSON_TYPE,
      words: { en: 'what the vendor expects to hear', zh: '厂商约定的应答' },
    },
    problems: [
      'unauthorized',
      'bad_signature',
      'forbidden',
      'unknown_terminal',
      'unknown_adapter',
      'too_large',
      'cannot_store',
    ],
  },
  {
    method: 'post',
    path: '/api/v1/commands',
    tag: 'commands',
    auth: 'device',
    summary: { en: 'The one way to write for people and scripts', zh: '人员与脚本写入的唯一入口' },
    detail: {
      en: 'Each command carries an id made where it was born: the same id again has no effect and gets the first answer. An applied command names the seq of its entry in the ledger.',
      zh: '每条命令自带编号:同一编号重发不会重复生效,返回首次结果。生效的命令会给出账本记录的 seq。',
    },
    parameters: [
      {
        name: 'dryRun',
        in: 'query',
        schema: { type: 'string', enum: ['1', 'true'] },
        words: {
          en: 'say what would happen; nothing does, and the ids stay unused',
          zh: '仅预演:说明将发生什么,不做任何更改,编号可再用',
        },
      },
      passHeader,
    ],
    request: {
      types: [JSON_TYPE],
      schema: commandsRequest,
      examples: { delivery: COMMANDS_EXAMPLE },
    },
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: commandResultsSchema,
      example: {
        results: [
          {
            id: 'tablet-1:0001',
            status: 'applied',
            seq: 1204,
            data: { lots: [{ item: 'pork-belly', lot: 'B-77' }] },
          },
        ],
      },
      words: { en: 'a result for each command, in order', zh: '按顺序逐条给出结果' },
    },
    problems: [
      'unauthorized',
      'bad_signature',
      'forbidden',
      'bad_commands',
      'too_large',
      'cannot_store',
    ],
  },
  {
    method: 'put',
    path: '/api/v1/book',
    tag: 'book',
    auth: 'device',
    summary: { en: 'Adopt a recipe book, whole', zh: '启用配方册(整册)' },
    detail: {
      en: 'All mistakes are listed at once and then nothing changes. Sales that waited for it post by themselves.',
      zh: '一次列出全部错误,且不做任何更改。等待中的销售会自动入账。',
    },
    parameters: [
      {
        name: 'dryRun',
        in: 'query',
        schema: { type: 'string', enum: ['1', 'true'] },
        words: { en: 'check only', zh: '只检查' },
      },
      {
        name: 'rehearse',
        in: 'query',
        schema: { type: 'string', enum: ['1', 'true'] },
        words: {
          en: 'with dryRun: the sales of the last 7 days under it',
          zh: '与 dryRun 同用:按此册推演近 7 天的销售',
        },
      },
      {
        name: 'validFrom',
        in: 'query',
        schema: { type: 'string', format: 'date-time' },
        words: {
          en: 'sales from this instant on use it; default: now',
          zh: '自此时刻起的销售使用;默认当前',
        },
      },
      {
        name: 'If-Match',
        in: 'header',
        words: { en: 'ETag of the book you started from', zh: '所基于的配方册的 ETag' },
        example: '"3"',
      },
      passHeader,
    ],
    request: {
      types: [JSON_TYPE, 'application/yaml'],
      schema: bookSchema,
      examples: { small: BOOK_EXAMPLE },
    },
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: bookAdoptedSchema,
      example: {
        version: 4,
        validFrom: '2026-11-22T20:00:00.000Z',
        items: 1,
        recipes: 1,
        modifiers: 0,
        suppliers: 0,
      },
      words: { en: 'adopted, or what would be', zh: '已启用,或将启用的内容' },
    },
    problems: [
      'unauthorized',
      'forbidden',
      'pin_needed',
      'bad_book',
      'bad_time',
      'book_changed',
      'not_adopted',
      'too_large',
    ],
  },
  {
    method: 'post',
    path: '/api/v1/demo/speed',
    tag: 'system',
    auth: 'device',
    summary: { en: 'How fast the simulated POS of the demo sells', zh: '演示收银端的销售速度' },
    request: { types: [JSON_TYPE], schema: speedSchema, examples: { double: { speed: 2 } } },
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: speedSchema,
      example: { speed: 2 },
      words: { en: 'the speed now', zh: '当前速度' },
    },
    problems: ['unauthorized', 'forbidden', 'no_demo'],
  },
];
