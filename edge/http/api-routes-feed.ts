/** The bridge's routes. */
import { BATCH_ENTRIES_MAX, signedVersionSchema } from '#recipes/contracts/sync.ts';
import {
  ackedSchema,
  catalogTakenSchema,
  feedAckedSchema,
  feedBalancesSchema,
  feedBatchSchema,
  feedFactsSchema,
  feedHashesSchema,
  feedNotedSchema,
  feedRefusedSchema,
  forkedSchema,
  forkSchema,
  takenOverSchema,
} from './api-feed.ts';
import { FEED_EXAMPLES } from './api-feed-examples.ts';
import type { ProblemCode } from './api-problems.ts';
import { limit, type Parameter, type Route } from './api-route.ts';

const JSON_TYPE = 'application/json';
const ADMIN: readonly ProblemCode[] = ['unauthorized', 'forbidden'];

const from = (name: string, en: string, zh: string): Parameter => ({
  name,
  in: 'query',
  schema: { type: 'integer', minimum: 0, default: 0 },
  words: { en, zh },
});

const FEED_PARAMETERS: readonly Parameter[] = [
  from('after', 'entries after this sequence', '从该序号之后'),
  limit(BATCH_ENTRIES_MAX, 100),
  {
    name: 'form',
    in: 'query',
    schema: { type: 'string', enum: ['batch'] },
    words: {
      en: 'batch: entries as the texts that were hashed, with facts and what stands beside the ledger',
      zh: 'batch:记录以哈希原文给出,附带原始数据及账本外的表',
    },
  },
  from('items', 'with form=batch: items after this number', '配合 form=batch:该编号之后的物料'),
  from('lots', 'with form=batch: lots after this number', '配合 form=batch:该编号之后的批次'),
  from('books', 'with form=batch: books after this version', '配合 form=batch:该版本之后的配方册'),
  from(
    'events',
    'with form=batch: events after this arrival number',
    '配合 form=batch:该到达序号之后的事件',
  ),
  {
    name: 'wait',
    in: 'query',
    schema: { type: 'number', minimum: 0, maximum: 25, default: 0 },
    words: {
      en: 'with form=batch: waits so many seconds for something new',
      zh: '配合 form=batch:最多等待新内容的秒数',
    },
  },
];

export const FEED_ROUTES: readonly Route[] = [
  {
    method: 'get',
    path: '/api/v1/feed',
    tag: 'chain',
    auth: 'admin',
    summary: { en: 'Entries by number, as head office takes them', zh: '按序号读取账本记录' },
    detail: {
      en: 'The answer is a batch that POST /hq/v1/stores/{store}/batches takes as it is. It may hold fewer entries than asked for: go on after `to`. Nothing new is a batch whose `to` is before its `from`.',
      zh: '返回的批次可原样提交给 POST /hq/v1/stores/{store}/batches。批次可能少于所请求的条数,请从 to 之后继续。没有新内容时 to 小于 from。',
    },
    parameters: FEED_PARAMETERS,
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: feedBatchSchema,
      example: FEED_EXAMPLES.batch,
      words: { en: 'a batch', zh: '一个批次' },
    },
    problems: [...ADMIN, 'bad_query', 'feed_ahead'],
  },
  {
    method: 'get',
    path: '/api/v1/feed/hashes',
    tag: 'chain',
    auth: 'admin',
    summary: { en: 'Hashes of some entries', zh: '查询记录的哈希' },
    parameters: [
      {
        name: 'seq',
        in: 'query',
        words: { en: 'sequences with commas, at most 1000', zh: '逗号分隔的序号,最多 1000 个' },
        example: '1,2,3',
      },
    ],
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: feedHashesSchema,
      example: FEED_EXAMPLES.hashes,
      words: { en: 'of those that exist', zh: '仅包含存在的记录' },
    },
    problems: [...ADMIN, 'bad_query'],
  },
  {
    method: 'get',
    path: '/api/v1/feed/balances',
    tag: 'chain',
    auth: 'admin',
    summary: { en: 'Every balance as numbers', zh: '全部余额(数字形式)' },
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: feedBalancesSchema,
      example: FEED_EXAMPLES.balances,
      words: { en: 'after the entry named', zh: '所示记录之后的余额' },
    },
    problems: ADMIN,
  },
  {
    ...write('/api/v1/feed/ack', ackedSchema, FEED_EXAMPLES.ack),
    summary: { en: 'What head office has', zh: '总部已收到的进度' },
    detail: {
      en: 'Kept in memory: head office is the authority, and the bridge asks it again.',
      zh: '仅保存在内存中:以总部为准,由同步程序重新查询。',
    },
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: feedAckedSchema,
      example: FEED_EXAMPLES.acked,
      words: { en: 'noted', zh: '已记下' },
    },
    problems: [...ADMIN, 'bad_body', 'ack_differs'],
  },
  {
    ...write('/api/v1/feed/refused', feedRefusedSchema, FEED_EXAMPLES.refused),
    summary: {
      en: 'Head office refuses this store, or what it wrote',
      zh: '总部拒绝本店接入或其数据',
    },
    detail: {
      en: 'For the bridge: a person has to see it here, because nobody reads its log. It stands in the inbox until head office acknowledges something.',
      zh: '供同步程序使用:日志无人查看,须在本机提示。显示于待处理,直到总部再次确认。',
    },
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: feedNotedSchema,
      example: FEED_EXAMPLES.noted,
      words: { en: 'noted', zh: '已记下' },
    },
    problems: [...ADMIN, 'bad_body'],
  },
  {
    ...write('/api/v1/feed/fork', forkSchema, FEED_EXAMPLES.fork),
    summary: {
      en: 'Begin another life after the last entry both have',
      zh: '从共同记录起另起分支',
    },
    detail: {
      en: 'For the bridge, when head office knows other entries of this box, or more of them, than the box itself. Nothing is lost: what the box has goes on under another name.',
      zh: '供同步程序使用:当总部已有的记录与本机不同或更多时。本机数据不会丢失,仅以新的编号继续。',
    },
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: forkedSchema,
      example: FEED_EXAMPLES.forked,
      words: { en: 'the new life', zh: '新的分支' },
    },
    problems: [...ADMIN, 'bad_body', 'ack_differs'],
  },
  {
    ...write('/api/v1/feed/facts', feedFactsSchema, FEED_EXAMPLES.facts),
    summary: { en: 'Let the facts of another life happen here', zh: '接管另一分支的数据' },
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: takenOverSchema,
      example: FEED_EXAMPLES.takenOver,
      words: { en: 'what became of them', zh: '处理结果' },
    },
    problems: [...ADMIN, 'bad_body', 'bad_facts'],
  },
  {
    ...write('/api/v1/feed/catalog', signedVersionSchema, FEED_EXAMPLES.version),
    summary: { en: 'Take a version that head office published', zh: '接收总部下发的版本' },
    parameters: [
      {
        name: 'aside',
        in: 'query',
        schema: { type: 'string', enum: ['1'] },
        words: {
          en: '1 = decisions wait here until no facts of another life of this box wait at head office',
          zh: '1 = 决定类内容暂存,待另一分支的数据全部接管后再执行',
        },
      },
    ],
    answer: {
      status: 200,
      type: JSON_TYPE,
      schema: catalogTakenSchema,
      example: FEED_EXAMPLES.catalogTaken,
      words: {
        en: 'taken, refused with the reason, put aside, or known already',
        zh: '已采用、被拒及原因、已暂存,或已处理过',
      },
    },
    problems: [...ADMIN, 'bad_body'],
  },
];

function write(path: string, schema: NonNullable<Route['request']>['schema'], usual: unknown) {
  const request = { types: [JSON_TYPE], schema, examples: { usual } };
  return { method: 'post', path, tag: 'chain', auth: 'admin', request } as const;
}
