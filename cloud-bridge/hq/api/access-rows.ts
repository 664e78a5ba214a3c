/** Routes of stores joining and leaving, tokens, webhooks, and what a supervisor asks. */
import { z } from 'zod';
import { storeSchema } from '../stores/store-routes.ts';
import { tokenSchema } from '../tokens/token-routes.ts';
import { webhookChangeSchema, webhookSchema } from '../webhooks/webhook-routes.ts';
import { type HqRoute, inPath, inQuery, limitUpTo, STORE } from './route.ts';

const token = z
  .object({
    id: z.int(),
    name: z.string(),
    scope: z.enum(['admin', 'read', 'wall']),
    createdAt: z.string(),
    usedAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
  })
  .meta({ id: 'Token' });
const webhook = z
  .object({
    id: z.int(),
    url: z.string(),
    events: z.array(z.string()),
    note: z.string().nullable(),
    createdAt: z.string(),
    failingSince: z.string().nullable().meta({
      description: 'since when nothing has got through; after 5 days it is disabled',
    }),
    disabledAt: z.string().nullable(),
  })
  .meta({ id: 'Webhook' });
const delivery = z
  .object({
    id: z.string().meta({ description: 'the header webhook-id: the same for every try' }),
    webhook: z.int(),
    event: z.string(),
    state: z.enum(['waiting', 'done', 'failed']),
    attempts: z.int(),
    nextAt: z.string().nullable(),
    createdAt: z.string(),
    endedAt: z.string().nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'Delivery' });

const tokenId = inPath('token', 'number of the token', '令牌编号', 3);
const webhookId = inPath('webhook', 'number of the webhook', '推送编号', 1);
const exampleHook = {
  url: 'https://erp.example.com/larder',
  events: ['delivery.received', 'waste.logged', 'day.closed'],
};

export const ACCESS_ROWS: readonly HqRoute[] = [
  {
    method: 'post',
    path: '/hq/v1/stores',
    tag: 'access',
    auth: 'admin',
    summary: { en: 'A store joins the chain, or changes', zh: '新增或修改门店' },
    detail: {
      en: "`token` is for the store's bridge and is shown once; null = it keeps the one it has.",
      zh: 'token 供门店桥接使用，仅显示一次；null 表示沿用原令牌。',
    },
    request: {
      schema: storeSchema,
      example: {
        store: 's2',
        name: { zh: '二店', en: 'Store 2' },
        opens: '10:00',
        closes: '22:00',
      },
    },
    answer: {
      status: 201,
      schema: z
        .object({ store: z.string(), token: z.string().nullable() })
        .meta({ id: 'Enrolled' }),
    },
    problems: ['bad_body'],
  },
  {
    method: 'delete',
    path: '/hq/v1/stores/{store}',
    tag: 'access',
    auth: 'admin',
    summary: { en: 'A store leaves the chain; what it told stays', zh: '门店退出（历史保留）' },
    parameters: [STORE],
    answer: { status: 204, type: null },
    problems: ['unknown_store'],
  },
  {
    method: 'get',
    path: '/hq/v1/me',
    tag: 'access',
    auth: 'wall',
    summary: { en: 'Whose token this is', zh: '当前令牌的身份' },
    answer: {
      status: 200,
      schema: z
        .object({
          name: z.string().optional(),
          scope: z.enum(['admin', 'read', 'wall']).optional(),
          store: z.string().optional(),
        })
        .meta({ id: 'Me' }),
    },
  },
  {
    method: 'get',
    path: '/hq/v1/tokens',
    tag: 'access',
    auth: 'admin',
    summary: { en: 'Tokens, revoked ones included', zh: '令牌列表（含已吊销）' },
    answer: { status: 200, schema: z.object({ tokens: z.array(token) }).meta({ id: 'Tokens' }) },
  },
  {
    method: 'post',
    path: '/hq/v1/tokens',
    tag: 'access',
    auth: 'admin',
    summary: { en: 'A token; it is shown once', zh: '新建令牌（仅显示一次）' },
    request: { schema: tokenSchema, example: { name: 'ERP', scope: 'read' } },
    answer: { status: 201, schema: token.extend({ token: z.string() }).meta({ id: 'NewToken' }) },
    problems: ['bad_body'],
  },
  {
    method: 'delete',
    path: '/hq/v1/tokens/{token}',
    tag: 'access',
    auth: 'admin',
    summary: { en: 'Revoke a token; it ends within 5 seconds', zh: '吊销令牌（5 秒内生效）' },
    parameters: [tokenId],
    answer: { status: 204, type: null },
    problems: ['unknown_token'],
  },
  {
    method: 'get',
    path: '/hq/v1/webhooks',
    tag: 'access',
    auth: 'admin',
    summary: { en: 'Webhooks and the events there are', zh: '推送列表与可选事件' },
    answer: {
      status: 200,
      schema: z
        .object({ webhooks: z.array(webhook), eventTypes: z.looseObject({}) })
        .meta({ id: 'Webhooks' }),
    },
  },
  {
    method: 'post',
    path: '/hq/v1/webhooks',
    tag: 'access',
    auth: 'admin',
    summary: { en: 'Tell another program what happens', zh: '新建推送' },
    detail: {
      en: 'Signed as Standard Webhooks says, with `secret`, which is shown once. A delivery is tried for about three days, with the same webhook-id each time. Redirects are not followed. Addresses in private networks are refused unless head office allows them.',
      zh: '按 Standard Webhooks 规范以 secret 签名（仅显示一次）。每次投递最多重试约三天，webhook-id 不变；不跟随重定向；除非总部允许，否则拒绝内网地址。',
    },
    request: { schema: webhookSchema, example: exampleHook },
    answer: {
      status: 201,
      schema: webhook.extend({ secret: z.string() }).meta({ id: 'NewWebhook' }),
    },
    problems: ['bad_body', 'private_address'],
  },
  {
    method: 'patch',
    path: '/hq/v1/webhooks/{webhook}',
    tag: 'access',
    auth: 'admin',
    summary: { en: 'Change, enable or disable a webhook', zh: '修改、启用或停用推送' },
    parameters: [webhookId],
    request: { schema: webhookChangeSchema, example: { enabled: true } },
    answer: { status: 200, schema: webhook },
    problems: ['bad_body', 'unknown_webhook', 'private_address'],
  },
  {
    method: 'delete',
    path: '/hq/v1/webhooks/{webhook}',
    tag: 'access',
    auth: 'admin',
    summary: { en: 'Delete a webhook with its deliveries', zh: '删除推送及其投递记录' },
    parameters: [webhookId],
    answer: { status: 204, type: null },
    problems: ['unknown_webhook'],
  },
  {
    method: 'get',
    path: '/hq/v1/webhooks/{webhook}/deliveries',
    tag: 'access',
    auth: 'admin',
    summary: { en: 'What was delivered, newest first', zh: '投递记录（倒序）' },
    detail: {
      en: 'What waits for a disabled webhook is given up 30 days after it was due: `failed`, with the reason in `error`. What has ended is kept for 30 days more and can be sent again until then.',
      zh: '停用期间等待的投递在到期 30 天后放弃：状态为 failed，原因见 error。已结束的记录再保留 30 天，其间可重新投递。',
    },
    parameters: [
      webhookId,
      inQuery('state', 'only these', '仅此状态', {
        schema: { type: 'string', enum: ['waiting', 'done', 'failed'] },
      }),
      limitUpTo(500, 50),
    ],
    answer: {
      status: 200,
      schema: z.object({ deliveries: z.array(delivery) }).meta({ id: 'Deliveries' }),
    },
    problems: ['unknown_webhook', 'bad_state'],
  },
  {
    method: 'post',
    path: '/hq/v1/webhooks/{webhook}/deliveries/{delivery}/resend',
    tag: 'access',
    auth: 'admin',
    summary: { en: 'Send a delivery again, at once', zh: '立即重新投递' },
    detail: {
      en: 'The same event with the same webhook-id, whatever became of it before; one that was given up is tried once more. While the webhook is disabled it waits.',
      zh: '同一事件、同一 webhook-id，无论此前结果如何；已放弃的再试一次。推送停用期间保持等待。',
    },
    parameters: [
      webhookId,
      inPath('delivery', 'id of the delivery', '投递编号', 'evt_5d41402abc4b2a76b9719d911017c592'),
    ],
    answer: { status: 202, schema: delivery },
    problems: ['unknown_webhook', 'unknown_delivery'],
  },
  {
    method: 'post',
    path: '/hq/v1/webhooks/{webhook}/test',
    tag: 'access',
    auth: 'admin',
    summary: { en: 'Send a test, disabled or not', zh: '发送测试推送' },
    parameters: [webhookId],
    answer: { status: 202, schema: z.object({ id: z.string() }).meta({ id: 'TestSent' }) },
    problems: ['unknown_webhook'],
  },
];
