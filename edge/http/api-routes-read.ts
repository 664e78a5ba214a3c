/** Routes that read stock, sales and days. */
import {
  daySchema,
  eventsSchema,
  eventViewSchema,
  movesSchema,
  salesSchema,
  saleViewSchema,
} from './api-answers.ts';
import { inPath, limit, type Route, read, time } from './api-route.ts';
import { menuAnswerSchema, stockItemSchema, stockSchema } from './api-stock.ts';

export const READ_ROUTES: readonly Route[] = [
  read(
    'stock',
    '/api/v1/stock',
    { en: 'What is on hand of every item', zh: '全部物料的现有库存' },
    stockSchema,
  ),
  read(
    'stock',
    '/api/v1/stock/{item}',
    { en: 'One item with its lots in the order of use', zh: '单个物料及其批次（按使用顺序）' },
    stockItemSchema,
    {
      parameters: [inPath('item', 'item id of the book', '物料编号', 'pork-belly')],
      problems: ['unknown_item'],
    },
  ),
  read(
    'stock',
    '/api/v1/menu',
    {
      en: 'Portions left of every dish, and what runs out first',
      zh: '每道菜品的剩余份数与最先用完的物料',
    },
    menuAnswerSchema,
  ),
  read(
    'stock',
    '/api/v1/moves',
    {
      en: 'The ledger, newest last, with the document behind each move',
      zh: '库存流水（最新在后）及其单据',
    },
    movesSchema,
    {
      parameters: [
        {
          name: 'item',
          in: 'query',
          words: { en: 'only this item', zh: '仅此物料' },
          example: 'pork-belly',
        },
        time('from', 'happened at or after', '起始时间（含）'),
        time('to', 'happened before', '截止时间（不含）'),
        {
          name: 'cursor',
          in: 'query',
          words: { en: 'of the page before', zh: '上一页给出的游标' },
        },
        {
          name: 'order',
          in: 'query',
          schema: { type: 'string', enum: ['asc', 'desc'] },
          words: { en: 'desc = newest first', zh: 'desc = 最新在前' },
        },
        limit(1_000, 100),
      ],
      problems: ['bad_time'],
    },
  ),
  read('sales', '/api/v1/sales', { en: 'The newest sales', zh: '最近的销售单' }, salesSchema, {
    parameters: [limit(500, 30)],
  }),
  read(
    'sales',
    '/api/v1/sales/{saleId}',
    {
      en: 'A sale as received, its state, and what each line took',
      zh: '销售单原貌、状态及每行的扣减',
    },
    saleViewSchema,
    {
      parameters: [
        inPath('saleId', "the POS's id; may contain slashes", '收银端的单号,可含斜杠', 'T1-000123'),
        {
          name: 'terminal',
          in: 'query',
          words: { en: 'when two terminals share an id', zh: '单号重复时指定终端' },
          example: 'T1',
        },
      ],
      problems: ['unknown_sale'],
    },
  ),
  read(
    'sales',
    '/api/v1/events',
    { en: 'Events as they arrived', zh: '按到达顺序的事件' },
    eventsSchema,
    {
      parameters: [
        {
          name: 'after',
          in: 'query',
          schema: { type: 'integer', minimum: 0 },
          words: {
            en: 'oldest first after this arrival number; without it the newest',
            zh: '从该到达序号之后按先后列出;省略则列出最新',
          },
        },
        limit(500, 100),
      ],
    },
  ),
  read(
    'sales',
    '/api/v1/events/{number}',
    { en: 'One event with its bytes as text', zh: '单个事件及其原文' },
    eventViewSchema,
    {
      parameters: [inPath('number', 'arrival number', '到达序号', 4711)],
      problems: ['unknown_event'],
    },
  ),
  read(
    'sales',
    '/api/v1/events/{number}/body',
    { en: 'The bytes exactly as they came', zh: '原始字节' },
    undefined,
    {
      parameters: [inPath('number', 'arrival number', '到达序号', 4711)],
      problems: ['unknown_event'],
      type: 'application/octet-stream',
    },
  ),
  read(
    'sales',
    '/api/v1/days/{date}',
    {
      en: 'Proof of deduction: received = applied + held + quarantined; exploded = moved',
      zh: '扣减证明:收到 = 已扣 + 等待 + 隔离;展开 = 移动',
    },
    daySchema,
    {
      parameters: [inPath('date', 'business day', '营业日', '2026-11-22')],
      problems: ['bad_date'],
    },
  ),
];
