/** Routes that read the book, the box itself, and its documents. */
import { inboxSchema } from './api-answers.ts';
import { inPath, type Route, read } from './api-route.ts';
import {
  bookInForceSchema,
  booksSchema,
  changeSchema,
  healthSchema,
  readySchema,
  statusSchema,
} from './api-state.ts';

export const STATE_ROUTES: readonly Route[] = [
  read(
    'book',
    '/api/v1/book',
    { en: 'The recipe book in force', zh: '当前配方册' },
    bookInForceSchema,
    {
      parameters: [
        {
          name: 'version',
          in: 'query',
          schema: { type: 'integer', minimum: 1 },
          words: { en: 'another version', zh: '其他版本' },
        },
      ],
      problems: ['no_book'],
    },
  ),
  read(
    'book',
    '/api/v1/books',
    { en: 'Every book that was adopted', zh: '历次启用的配方册' },
    booksSchema,
  ),
  read(
    'system',
    '/api/v1/inbox',
    { en: 'What needs a person, each with its button', zh: '需要人工处理的事项及其操作' },
    inboxSchema,
  ),
  read('system', '/api/v1/status', { en: 'The box in one look', zh: '主机概况' }, statusSchema),
  read(
    'system',
    '/api/v1/stream',
    { en: 'News as server-sent events: what changed', zh: '变更推送(server-sent events)' },
    changeSchema,
    {
      parameters: [
        {
          name: 'Last-Event-ID',
          in: 'header',
          words: { en: 'the last id you saw', zh: '最后收到的编号' },
        },
      ],
      type: 'text/event-stream',
    },
  ),
  read('system', '/healthz', { en: 'The process answers', zh: '进程存活' }, healthSchema),
  read(
    'system',
    '/readyz',
    { en: 'Ready to sell (503: not ready, with the reasons)', zh: '可以营业(503:未就绪及原因)' },
    readySchema,
  ),
  read('system', '/metrics', { en: 'Figures for Prometheus', zh: 'Prometheus 指标' }, undefined, {
    type: 'text/plain',
  }),
  read(
    'documents',
    '/api/openapi.json',
    { en: 'This interface as OpenAPI 3.1', zh: 'OpenAPI 3.1 文档' },
    undefined,
  ),
  read(
    'documents',
    '/api/asyncapi.json',
    { en: 'The bus as AsyncAPI 3.0', zh: 'AsyncAPI 3.0 文档' },
    undefined,
  ),
  read('documents', '/api/docs', { en: 'This page', zh: '本页' }, undefined, {
    parameters: [
      {
        name: 'lang',
        in: 'query',
        schema: { type: 'string', enum: ['zh', 'en'] },
        words: { en: 'language', zh: '语言' },
      },
    ],
    type: 'text/html',
  }),
  read(
    'documents',
    '/api/schemas/book.json',
    { en: 'JSON Schema of the recipe book', zh: '配方册的 JSON Schema' },
    undefined,
  ),
  read(
    'documents',
    '/api/schemas/{name}',
    { en: 'JSON Schema of an event, a command, …', zh: '事件、命令等的 JSON Schema' },
    undefined,
    {
      parameters: [
        inPath('name', 'as listed below, ending in .json', '见下表,以 .json 结尾', 'sale.json'),
      ],
      problems: ['not_found'],
    },
  ),
];
