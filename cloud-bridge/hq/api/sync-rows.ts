/** Routes that bridges use: what comes from the stores, and what both ends agree on. */
import { z } from 'zod';
import {
  type Ack,
  ackSchema,
  type Batch,
  batchSchema,
  cursorSchema,
  type Takeover,
  takeoverSchema,
} from '#recipes/contracts/sync.ts';
import { type HqRoute, inPath, inQuery, STORE } from './route.ts';

const LIFE = '1f6c0a9be2d4471c8a35d0e9b7f21c64';
const HASH = 'a16ed9b4a4b0a7ef6ff2b7d9f4f0d8d2b1b3b7d0d2c9e7a1c3f5e6d7c8b9a001';
const NONE = '0'.repeat(64);
const TEXT = '1;1;1;1;1;;1;20261122;1795318020000;1795318020005;-;-;-;0,1,3,1,3,400000000;';

const BATCH: Batch = {
  incarnation: LIFE,
  from: 1,
  to: 1,
  prevHash: NONE,
  entries: [TEXT],
  headHash: HASH,
  stateDigest: '5b0c2f1e77aa41d0937e6a0f6d21cc08',
};
const ACK: Ack = {
  ackedSeq: 1,
  ackedHash: HASH,
  catalogHead: 0,
  incarnation: LIFE,
  side: { items: 0, lots: 0, books: 0, events: 0 },
  state: 'main',
  stateDigest: '5b0c2f1e77aa41d0937e6a0f6d21cc08',
  differences: 0,
  wantBalances: false,
  takeover: false,
  others: [],
  hqTime: '2026-11-22T04:20:01.000Z',
};
const TAKEOVER: Takeover = {
  incarnation: LIFE,
  segment: 12,
  afterSeq: 18_240,
  facts: 'KLUv/SQ…',
  more: false,
};

const incarnation = inQuery(
  'incarnation',
  'which life of the box; default: the main one',
  '主机的哪个运行实例,默认为主实例',
  { example: LIFE },
);

export const SYNC_ROWS: readonly HqRoute[] = [
  {
    method: 'post',
    path: '/hq/v1/stores/{store}/batches',
    tag: 'stores',
    auth: 'store',
    summary: { en: 'Send entries of the ledger, in order', zh: '按顺序上传账本条目' },
    detail: {
      en: 'What GET /feed of the box answers, as it is; Content-Encoding zstd, gzip or identity. Sent twice, late or cut otherwise, every entry is stored once. A batch without entries is a sign of life. The acknowledgement may be ahead of the batch.',
      zh: '原样上传门店主机 GET /feed 的应答;Content-Encoding 可用 zstd、gzip 或 identity。重复、迟到或以其他方式分批上传,每条只存一次。不含条目的批次表示在线。应答的序号可能超前于该批次。',
    },
    request: { schema: batchSchema, example: BATCH },
    answer: { status: 200, schema: ackSchema, example: ACK },
    problems: [
      'gap',
      'fork',
      'bad_batch',
      'bad_chain',
      'too_many_lives',
      'bad_body',
      'bad_encoding',
      'too_large',
      'busy',
      'unknown_store',
      'database_away',
    ],
  },
  {
    method: 'get',
    path: '/hq/v1/stores/{store}/cursor',
    tag: 'stores',
    auth: 'store',
    summary: { en: 'What head office holds of a life', zh: '总部已存到哪里' },
    parameters: [incarnation],
    answer: {
      status: 200,
      schema: cursorSchema,
      example: { ...ACK, store: 'demo', known: true },
    },
    problems: ['unknown_store'],
  },
  {
    method: 'get',
    path: '/hq/v1/stores/{store}/hashes',
    tag: 'stores',
    auth: 'store',
    summary: { en: 'Hashes of some entries of a life', zh: '若干条目的哈希' },
    detail: {
      en: 'For whoever looks for the last entry that both ends have. Entries that are not held are left out.',
      zh: '用于查找两端最后一条相同的条目。总部没有的条目不列出。',
    },
    parameters: [
      incarnation,
      inQuery('seq', 'up to 256 numbers with commas', '最多 256 个序号,以逗号分隔', {
        example: '1,500,1000',
      }),
    ],
    answer: {
      status: 200,
      schema: z.object({ hashes: z.array(z.tuple([z.int(), z.string()])) }),
      example: { hashes: [[1, HASH]] },
    },
    problems: ['unknown_store', 'unknown_life', 'bad_query'],
  },
  {
    method: 'post',
    path: '/hq/v1/stores/{store}/balances',
    tag: 'stores',
    auth: 'store',
    summary: { en: 'All balances, to name those that differ', zh: '上传全部余额以找出差异' },
    detail: {
      en: 'Rows are [item, place, lot, amount] by number, amounts in millionths; right after entry seq, which must be where head office is.',
      zh: '每行为 [物料, 位置, 批次, 数量](编号),数量单位为百万分之一;须为第 seq 条之后的余额,且与总部所在序号一致。',
    },
    request: {
      example: { incarnation: LIFE, seq: 1, hash: HASH, rows: [[1, 1, 3, -400_000_000]] },
    },
    answer: {
      status: 200,
      schema: z.object({ differences: z.int().min(0) }),
      example: { differences: 0 },
    },
    problems: ['unknown_store', 'unknown_life', 'elsewhere', 'bad_body'],
  },
  {
    method: 'get',
    path: '/hq/v1/stores/{store}/takeover',
    tag: 'stores',
    auth: 'store',
    summary: {
      en: 'The next facts of another life for the one that is the store; 204 when there are none',
      zh: '主实例需接管的下一段事实;没有时为 204',
    },
    parameters: [incarnation],
    answer: { status: 200, schema: takeoverSchema, example: TAKEOVER },
    problems: ['unknown_store'],
  },
  {
    method: 'post',
    path: '/hq/v1/stores/{store}/takeover',
    tag: 'stores',
    auth: 'store',
    summary: { en: 'Facts of another life were dealt with', zh: '已处理一段接管的事实' },
    request: {
      example: {
        incarnation: LIFE,
        of: '9e1d0c7b',
        segment: 12,
        result: { applied: 20, duplicates: 3, refused: [] },
      },
    },
    answer: { status: 200, schema: z.object({ ok: z.boolean() }), example: { ok: true } },
    problems: ['unknown_store', 'unknown_life', 'bad_body'],
  },
  {
    method: 'post',
    path: '/hq/v1/stores/{store}/lives/{incarnation}/main',
    tag: 'stores',
    auth: 'admin',
    summary: {
      en: 'Decide which of two boxes is the store from now on',
      zh: '决定两台主机中哪一台为门店主机',
    },
    parameters: [inPath('incarnation', 'a life of the box', '运行实例', LIFE)],
    answer: { status: 200, schema: z.object({ ok: z.boolean() }), example: { ok: true } },
    problems: ['unknown_store', 'unknown_life'],
  },
].map((row) => ({ ...row, parameters: [STORE, ...(row.parameters ?? [])] })) as HqRoute[];
