/** Routes of the board: stores, stock, entries, ticker, stream, alarms. */
import {
  alarmsSchema,
  boardSchema,
  chainStockSchema,
  entriesSchema,
  storeDetailSchema,
  storeStockSchema,
  tickerSchema,
} from './board-schemas.ts';
import { type HqRoute, inQuery, limitUpTo, STORE } from './route.ts';

const cursor = inQuery('cursor', '`next` of the page before', '上一页的 next');
const stores = inQuery('store', 'only these stores, with commas', '仅这些门店，以逗号分隔', {
  example: 'demo',
});
const oneStore = inQuery('store', 'only this store', '仅此门店', { example: 'demo' });
const item = inQuery('item', 'only this item, by its code', '仅此物料（编号）', {
  example: 'pork-belly',
});

/** `from`, `to`, `day`: business days of the store. */
export const DAYS = [
  inQuery('from', 'first business day; default: today', '起始营业日；默认今天', {
    example: '2026-11-22',
  }),
  inQuery('to', 'last business day; default: today', '结束营业日；默认今天', {
    example: '2026-11-22',
  }),
  inQuery('day', 'one business day instead', '或仅一个营业日'),
] as const;

export const BOARD_ROWS: readonly HqRoute[] = [
  {
    method: 'get',
    path: '/hq/v1/stores',
    tag: 'board',
    auth: 'wall',
    summary: { en: 'Every store now, and the chain', zh: '全部门店现状与总计' },
    answer: { status: 200, schema: boardSchema },
  },
  {
    method: 'get',
    path: '/hq/v1/stores/{store}',
    tag: 'board',
    auth: 'wall',
    summary: { en: 'One store with its lives and differences', zh: '单个门店及其运行实例与差异' },
    parameters: [STORE],
    answer: { status: 200, schema: storeDetailSchema },
    problems: ['unknown_store'],
  },
  {
    method: 'get',
    path: '/hq/v1/stores/{store}/stock',
    tag: 'board',
    auth: 'wall',
    summary: { en: 'What a store has, with lots', zh: '门店库存（含批次）' },
    detail: {
      en: 'Answers 304 to If-None-Match while nothing has changed.',
      zh: '内容未变时对 If-None-Match 返回 304。',
    },
    parameters: [STORE],
    answer: { status: 200, schema: storeStockSchema },
    problems: ['unknown_store'],
  },
  {
    method: 'get',
    path: '/hq/v1/stock',
    tag: 'board',
    auth: 'wall',
    summary: { en: 'What every store has, by item', zh: '按物料查看全部门店库存' },
    detail: {
      en: 'While a database of head office does not answer, its stores are named in `away` and are not in the sums; reports, exports, orders and entries of such a store answer 503.',
      zh: '总部某个数据库无响应时，其门店列于 away，不计入合计；这些门店的报表、导出、订单与记录返回 503。',
    },
    parameters: [item],
    answer: { status: 200, schema: chainStockSchema },
  },
  {
    method: 'get',
    path: '/hq/v1/entries',
    tag: 'board',
    auth: 'read',
    summary: { en: 'The entries behind a number', zh: '数字背后的记录' },
    detail: {
      en: 'Store after store, newest first in each. A page may be shorter than the limit while `next` is given.',
      zh: '逐店列出，每店按时间倒序。给出 next 时，本页可少于 limit。',
    },
    parameters: [
      stores,
      item,
      inQuery('kind', 'kinds of entries, with commas', '记录类型，以逗号分隔', {
        example: 'waste',
      }),
      inQuery('from', 'first business day', '起始营业日'),
      inQuery('to', 'last business day', '结束营业日'),
      inQuery('day', 'one business day instead', '或仅一个营业日', { example: '2026-11-22' }),
      inQuery('life', 'another life than the one that is the store', '指定其他运行实例'),
      inQuery('seq', 'only the entry with this number', '仅此序号的记录', {
        schema: { type: 'integer', minimum: 1 },
      }),
      cursor,
      limitUpTo(500, 50),
    ],
    answer: { status: 200, schema: entriesSchema },
    problems: ['unknown_store', 'unknown_life', 'bad_date', 'bad_kind', 'bad_cursor'],
  },
  {
    method: 'get',
    path: '/hq/v1/ticker',
    tag: 'board',
    auth: 'wall',
    summary: { en: 'What happened, newest first', zh: '最新动态（倒序）' },
    parameters: [oneStore, cursor, limitUpTo(500, 100)],
    answer: { status: 200, schema: tickerSchema },
    problems: ['bad_cursor'],
  },
  {
    method: 'get',
    path: '/hq/v1/stream',
    tag: 'board',
    auth: 'wall',
    summary: { en: 'What happens, as it happens', zh: '实时动态' },
    detail: {
      en: 'Server-sent events: `store` (a row of GET /stores, at most 4 a second and store), `ticker`, `alarm`, `order`, `transfer`, `requisition`, `catalog`, `adoption`, `webhook`. A reader that comes again with Last-Event-ID gets the lines of the ticker that it missed, at most 500, and those of the 10 seconds before its last one once more: a line is known by its `id`. One token may hold 50 streams at a receiver.',
      zh: '服务器推送事件：store（GET /stores 的一行，每店每秒至多 4 次）、ticker、alarm、order、transfer、requisition、catalog、adoption、webhook。携带 Last-Event-ID 重连可补齐错过的动态（至多 500 条），最后一条之前 10 秒内的动态会再次给出，请按 id 去重。每个令牌在一个接收端至多 50 个数据流。',
    },
    parameters: [
      {
        name: 'Last-Event-ID',
        in: 'header',
        schema: { type: 'integer' },
        words: { en: 'number of the last line of the ticker', zh: '最后一条动态的编号' },
      },
    ],
    answer: {
      status: 200,
      type: 'text/event-stream',
      example:
        'id: 7\nevent: ticker\ndata: {"id":7,"store":"demo","kind":"sale","seq":12,"zh":"…","en":"…"}\n\n',
    },
    problems: ['bad_cursor', 'too_many_streams'],
  },
  {
    method: 'get',
    path: '/hq/v1/alarms',
    tag: 'board',
    auth: 'wall',
    summary: { en: 'Alarms of the stores', zh: '门店告警' },
    parameters: [
      inQuery('state', 'open, or all', 'open 或 all', {
        schema: { type: 'string', enum: ['open', 'all'], default: 'open' },
      }),
      oneStore,
      cursor,
      limitUpTo(500, 100),
    ],
    answer: { status: 200, schema: alarmsSchema },
    problems: ['bad_cursor'],
  },
];
