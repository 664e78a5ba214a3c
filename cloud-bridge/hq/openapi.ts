/** The HTTP interface of head office as OpenAPI 3.1, from the table of routes. */
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { PROBLEMS } from './api/problems.ts';
import { type HqRoute, type Parameter, TAGS } from './api/route.ts';
import { ROUTES } from './api/routes.ts';

type Json = Readonly<Record<string, unknown>>;

export type HqOpenApi = {
  readonly openapi: string;
  readonly info: Json;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> } & Json;
} & Json;

let known: HqOpenApi | undefined;

/** The document; made once, because nothing in it changes while head office runs. */
export function openApi(): HqOpenApi {
  known ??= makeOpenApi(ROUTES);
  return known;
}

const JSON_TYPE = 'application/json';

/** @param routes all of them */
export function makeOpenApi(routes: readonly HqRoute[]): HqOpenApi {
  const schemas: Record<string, Json> = {};
  const paths: Record<string, Record<string, Json>> = {};
  const problem = schemaOf(schemas, problemSchema);
  for (const route of routes) {
    paths[route.path] ??= {};
    (paths[route.path] as Record<string, Json>)[route.method] = operation(schemas, route, problem);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Larder head office',
      version: 'v1',
      summary: 'Every store of the chain: what it has, used, wasted and ordered',
      description:
        'Amounts are decimal text in the base unit of the item (g, ml, ea), money is decimal text, ' +
        'times are RFC 3339, days are business days of the store.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(TAGS).map(([name, { en, zh }]) => ({ name, description: en, 'x-zh': zh })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description:
            'the admin token (secrets.json of head office), a token of POST /tokens with the scope admin, read or wall, or the token of a store',
        },
      },
    },
    'x-problems': PROBLEMS,
  };
}

const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'in the language of Accept-Language: en or zh' }),
    code: z.string().meta({ description: "the machine's word" }),
  })
  .meta({ id: 'Problem' });

function operation(schemas: Record<string, Json>, route: HqRoute, problem: Json): Json {
  const { request, answer, parameters = [] } = route;
  const type = answer.type === undefined ? JSON_TYPE : answer.type;
  const schema = answer.schema && schemaOf(schemas, answer.schema);
  const content = {
    ...(schema ? { schema } : {}),
    ...(answer.example === undefined ? {} : { example: answer.example }),
  };
  return {
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary.en,
    'x-summary-zh': route.summary.zh,
    ...(route.detail ? { description: route.detail.en, 'x-description-zh': route.detail.zh } : {}),
    security: route.auth === 'none' ? [] : [{ bearer: [] }],
    'x-auth': route.auth,
    ...(parameters.length > 0 ? { parameters: parameters.map(parameterOf) } : {}),
    ...(request ? { requestBody: requestOf(schemas, request) } : {}),
    responses: {
      [answer.status]: {
        description: route.summary.en,
        ...(type === null ? {} : { content: { [type]: content } }),
      },
      ...problemsOf(route, problem),
    },
  };
}

function requestOf(schemas: Record<string, Json>, request: NonNullable<HqRoute['request']>): Json {
  const schema = request.schema && schemaOf(schemas, request.schema);
  const media = { ...(schema ? { schema } : {}), example: request.example };
  const types = request.types ?? [JSON_TYPE];
  return { required: true, content: Object.fromEntries(types.map((type) => [type, media])) };
}

const COMMON = ['bad_query', 'unauthorized', 'forbidden', 'internal', 'database_away'];

/** By status; several codes can share one. */
function problemsOf({ auth, problems = [] }: HqRoute, schema: Json): Record<string, Json> {
  const common = auth === 'none' ? [] : COMMON;
  const byStatus = new Map<number, string[]>();
  for (const code of new Set([...common, ...problems])) {
    const status = PROBLEMS[code]?.status ?? 500;
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        status,
        {
          description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code]?.en ?? ''}`).join(' '),
          'x-codes': codes,
          content: {
            'application/problem+json': { schema, examples: examplesOf(status, codes) },
          },
        },
      ]),
  );
}

function examplesOf(status: number, codes: readonly string[]): Json {
  return Object.fromEntries(
    codes.map((code) => [
      code,
      {
        value: {
          type: `/hq/docs#problem-${code}`,
          title: STATUS_CODES[status] ?? 'Error',
          status,
          detail: PROBLEMS[code]?.en ?? '',
          code,
        },
      },
    ]),
  );
}

function parameterOf(parameter: Parameter): Json {
  const { name, words, example } = parameter;
  return {
    name,
    in: parameter.in,
    required: parameter.required ?? false,
    description: words.en,
    'x-description-zh': words.zh,
    schema: parameter.schema ?? { type: 'string' },
    ...(example === undefined ? {} : { example }),
  };
}

/** A schema; those with an id stand once under `components`, and the others name them. */
function schemaOf(schemas: Record<string, Json>, schema: z.ZodType): Json {
  const { $schema: _, $defs, ...own } = z.toJSONSchema(schema, { io: 'input' });
  for (const [id, definition] of Object.entries($defs ?? {})) schemas[id] ??= moved(definition);
  return moved(own);
}

/** zod writes references into `$defs`; a document has them under `components`. */
function moved(value: object): Json {
  const text = JSON.stringify(value, (key, inner: unknown) =>
    key === '$ref' && typeof inner === 'string'
      ? inner.replace(/^#\/\$defs\//, '#/components/schemas/')
      : inner,
  );
  return JSON.parse(text) as Json;
}

/** `GET /hq/v1/stores/{store}/stock` is `getStoresStoreStock`. */
function operationId(route: HqRoute): string {
  const words = route.path
    .replace(/^\/hq(\/v1)?/, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${route.method}${words.join('')}`;
}
