/**
 * A route of head office as a row of the table from which its OpenAPI document is made. Each part has
 * a file of rows beside this one; a test compares the rows with the routes that there are.
 */
import type { z } from 'zod';
import type { Words } from '#recipes/contracts/command.ts';

export type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema?: object;
  readonly words: Words;
  readonly example?: string | number;
};

/** Who may call: each of these may also call what stands before it; a store only its own. */
export type Auth = 'none' | 'wall' | 'read' | 'store' | 'admin';

export type HqRoute = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As OpenAPI writes it: `/hq/v1/stores/{store}`. */
  readonly path: string;
  readonly tag: Tag;
  readonly auth: Auth;
  readonly summary: Words;
  readonly detail?: Words;
  readonly parameters?: readonly Parameter[];
  readonly request?: {
    /** Default: application/json. */
    readonly types?: readonly string[];
    readonly schema?: z.ZodType;
    readonly example: unknown;
  };
  readonly answer: {
    readonly status: number;
    /** Default: application/json; null = no body. */
    readonly type?: string | null;
    readonly schema?: z.ZodType;
    readonly example?: unknown;
  };
  /** Codes of `problems.ts`. */
  readonly problems?: readonly string[];
};

export const TAGS = {
  stores: { en: 'From the stores', zh: '门店上传' },
  board: { en: "The chain's board", zh: '总部看板' },
  reports: { en: 'Reports and exports', zh: '报表与导出' },
  orders: { en: 'Orders', zh: '订货审批' },
  catalog: { en: 'Down to the stores', zh: '下发' },
  transfers: { en: 'Between stores', zh: '门店之间' },
  access: { en: 'Tokens and webhooks', zh: '令牌与推送' },
  system: { en: 'Head office', zh: '总部系统' },
} as const satisfies Readonly<Record<string, Words>>;
export type Tag = keyof typeof TAGS;

/** A part of the path. */
export function inPath(name: string, en: string, zh: string, example: string | number): Parameter {
  return {
    name,
    in: 'path',
    required: true,
    schema: typeof example === 'number' ? { type: 'integer', minimum: 1 } : { type: 'string' },
    words: { en, zh },
    example,
  };
}

/** A part of the query. @param schema JSON Schema; default: text */
export function inQuery(
  name: string,
  en: string,
  zh: string,
  more: { readonly schema?: object; readonly example?: string | number } = {},
): Parameter {
  return { name, in: 'query', schema: { type: 'string' }, ...more, words: { en, zh } };
}

export const STORE = inPath('store', 'code of a store', '门店编号', 'demo');

/** `?limit=`, with the most and the usual. */
export function limitUpTo(most: number, usual: number): Parameter {
  const schema = { type: 'integer', minimum: 1, maximum: most, default: usual };
  return inQuery('limit', 'at most so many', '最多条数', { schema });
}
