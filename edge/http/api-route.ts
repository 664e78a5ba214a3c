/**
 * A route of the HTTP API as a row of the table from which the OpenAPI document and the readable page
 * are made.
 */
import type { z } from 'zod';
import type { Words } from '#recipes/contracts/command.ts';
import type { ProblemCode } from './api-problems.ts';

export type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema?: object;
  readonly words: Words;
  readonly example?: string | number;
};

export type Route = {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As OpenAPI writes it: `/api/v1/sales/{saleId}`. */
  readonly path: string;
  readonly tag: Tag;
  /** none: anybody; terminal: a terminal for itself, or the admin; device: a paired tablet, or the admin. */
  readonly auth: 'none' | 'terminal' | 'device' | 'admin';
  readonly summary: Words;
  readonly detail?: Words;
  readonly parameters?: readonly Parameter[];
  readonly request?: {
    readonly types: readonly string[];
    readonly schema: z.ZodType;
    readonly examples: Readonly<Record<string, unknown>>;
  };
  readonly answer: {
    readonly status: number;
    readonly type: string;
    readonly schema?: z.ZodType;
    readonly example?: unknown;
    readonly words: Words;
  };
  readonly problems: readonly ProblemCode[];
};

export const TAGS = {
  pos: { en: 'From the POS', zh: '收银端上报' },
  stock: { en: 'Stock', zh: '库存' },
  kitchen: { en: 'Kitchen', zh: '厨房' },
  orders: { en: 'Orders and suppliers', zh: '订货与供应商' },
  print: { en: 'Paper and printers', zh: '打印' },
  reports: { en: 'Reports', zh: '报表' },
  sales: { en: 'Sales, events, days', zh: '销售、事件与营业日' },
  book: { en: 'Recipe book', zh: '配方册' },
  commands: { en: 'Commands', zh: '命令' },
  people: { en: 'People and tablets', zh: '人员与平板' },
  setup: { en: 'First set-up', zh: '首次设置' },
  system: { en: 'The box', zh: '主机' },
  chain: { en: 'Head office', zh: '总部' },
  documents: { en: 'Documents', zh: '接口文档' },
} as const satisfies Readonly<Record<string, Words>>;
export type Tag = keyof typeof TAGS;

/** `?limit=`, with the most and the usual. */
export const limit = (most: number, usual: number): Parameter => ({
  name: 'limit',
  in: 'query',
  schema: { type: 'integer', minimum: 1, maximum: most, default: usual },
  words: { en: 'at most so many', zh: '最多条数' },
});
/** An instant in the query. */
export const time = (name: string, en: string, zh: string): Parameter => ({
  name,
  in: 'query',
  schema: { type: 'string' },
  words: { en, zh },
  example: '2026-11-22T12:00:00+08:00',
});
/** A part of the path; a number when its example is one. */
export const inPath = (
  name: string,
  en: string,
  zh: string,
  example: string | number,
): Parameter => ({
  name,
  in: 'path',
  required: true,
  ...(typeof example === 'number' ? { schema: { type: 'integer', minimum: 1 } } : {}),
  words: { en, zh },
  example,
});

/** A manager's pass, on a paired tablet. */
export const passHeader: Parameter = {
  name: 'Larder-Pass',
  in: 'header',
  words: {
    en: "a manager's pass from POST /passes; a tablet needs one for money, master data and other people's records",
    zh: '店长授权(来自 POST /passes);平板涉及金额、基础资料及他人记录时需要',
  },
};

const NOT_SIGNED_IN: readonly ProblemCode[] = ['unauthorized', 'forbidden'];

/** A route that only reads; everything below `/api/v1` needs the admin or a paired tablet. */
export function read(
  tag: Tag,
  path: string,
  summary: Words,
  schema: z.ZodType | undefined,
  more: {
    parameters?: readonly Parameter[];
    problems?: readonly ProblemCode[];
    type?: string;
    example?: unknown;
  } = {},
): Route {
  const open = !path.startsWith('/api/v1');
  return {
    method: 'get',
    path,
    tag,
    auth: open ? 'none' : 'device',
    summary,
    ...(more.parameters ? { parameters: more.parameters } : {}),
    answer: {
      status: 200,
      type: more.type ?? 'application/json',
      ...(schema ? { schema } : {}),
      ...(more.example === undefined ? {} : { example: more.example }),
      words: summary,
    },
    problems: [...(open ? [] : NOT_SIGNED_IN), ...(more.problems ?? [])],
  };
}
