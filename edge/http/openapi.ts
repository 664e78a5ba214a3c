/** The HTTP interface as OpenAPI 3.1, from the table of routes and the wire schemas. */
import { STATUS_CODES } from 'node:http';
import { commandSchemas } from '#recipes/contracts/command.ts';
import { problemSchema } from './api-answers.ts';
import { COMMAND_EXAMPLES } from './api-examples.ts';
import { PROBLEMS, type ProblemCode } from './api-problems.ts';
import { type Parameter, type Route, TAGS } from './api-route.ts';
import { ROUTES } from './api-routes.ts';
import { Components, type JsonSchema } from './schemas.ts';

export type OpenApi = {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: JsonSchema;
  };
} & Readonly<Record<string, unknown>>;

export type Operation = {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly parameters?: readonly JsonSchema[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, JsonSchema>>;
  };
  readonly responses: Readonly<Record<string, JsonSchema>>;
} & Readonly<Record<string, unknown>>;

/** The document; made once, because nothing in it changes while the box runs. */
export function openApi(): OpenApi {
  known ??= makeOpenApi();
  return known;
}

let known: OpenApi | undefined;

const PROBLEM_TYPE = 'application/problem+json';

function makeOpenApi(): OpenApi {
  const components = new Components();
  const problemBody = components.ref(problemSchema);
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of ROUTES) {
    const path = paths[route.path] ?? {};
    paths[route.path] = path;
    path[route.method] = operationOf(components, route, problemBody);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Larder',
      version: 'v1',
      summary: 'The box in the restaurant that always knows what is in the larder',
      description:
        'Amounts are decimal text in the base unit of the item (g, ml, ea). Times are RFC 3339. ' +
        'Acknowledged means on disk. The same id again never counts twice.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(TAGS).map(([name, { en, zh }]) => ({ name, description: en, 'x-zh': zh })),
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(components.schemas).sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description:
            'the admin token, or the password of a terminal for its own events (both are in secrets.json), or the token a tablet got by pairing',
        },
      },
    },
    'x-command-examples': Object.fromEntries(
      Object.keys(commandSchemas).map((kind) => [
        kind,
        {
          schema: `#/components/schemas/Command.${kind}`,
          data: COMMAND_EXAMPLES[kind as keyof typeof COMMAND_EXAMPLES],
        },
      ]),
    ),
    'x-problems': PROBLEMS,
  };
}

function operationOf(components: Components, route: Route, problemBody: JsonSchema): Operation {
  const { request, answer } = route;
  return {
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary.en,
    'x-summary-zh': route.summary.zh,
    ...(route.detail ? { description: route.detail.en, 'x-description-zh': route.detail.zh } : {}),
    security: route.auth === 'none' ? [] : [{ bearer: [] }],
    'x-auth': route.auth,
    ...(route.parameters ? { parameters: route.parameters.map(parameterOf) } : {}),
    ...(request
      ? {
          requestBody: {
            required: true,
            content: Object.fromEntries(
              request.types.map((type) => [
                type,
                { schema: components.ref(request.schema), examples: examplesOf(request.examples) },
              ]),
            ),
          },
        }
      : {}),
    responses: {
      [answer.status]: {
        description: answer.words.en,
        'x-description-zh': answer.words.zh,
        content: {
          [answer.type]: {
            ...(answer.schema ? { schema: components.ref(answer.schema) } : {}),
            ...(answer.example === undefined
              ? {}
              : { examples: examplesOf({ usual: answer.example }) }),
          },
        },
      },
      ...problemsOf(route, problemBody),
      ...(route.path === '/readyz' ? notReady(components, route) : {}),
    },
  };
}

function notReady(components: Components, route: Route): Record<string, JsonSchema> {
  const schema = route.answer.schema ? components.ref(route.answer.schema) : {};
  return { 503: { description: 'not ready', content: { 'application/json': { schema } } } };
}

/** The problems of a route by status; several codes can share one. */
function problemsOf(route: Route, schema: JsonSchema): Record<string, JsonSchema> {
  const byStatus = new Map<number, ProblemCode[]>();
  const codes: ProblemCode[] =
    route.auth === 'none' ? [...route.problems] : [...route.problems, 'internal'];
  for (const code of codes) {
    for (const status of PROBLEMS[code].status)
      byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, all]) => [
        status,
        {
          description: all.map((code) => `\`${code}\`: ${PROBLEMS[code].en}`).join(' '),
          'x-codes': all,
          content: {
            [PROBLEM_TYPE]: { schema, examples: examplesOf(problemExamples(status, all)) },
          },
        },
      ]),
  );
}

function problemExamples(status: number, codes: readonly ProblemCode[]): Record<string, unknown> {
  return Object.fromEntries(
    codes.map((code) => [
      code,
      {
        type: `/api/docs#problem-${code}`,
        title: STATUS_CODES[status] ?? 'Error',
        status,
        detail: PROBLEMS[code].en,
        code,
      },
    ]),
  );
}

function parameterOf(parameter: Parameter): JsonSchema {
  return {
    name: parameter.name,
    in: parameter.in,
    required: parameter.required ?? false,
    description: parameter.words.en,
    'x-description-zh': parameter.words.zh,
    schema: parameter.schema ?? { type: 'string' },
    ...(parameter.example === undefined ? {} : { example: parameter.example }),
  };
}

function examplesOf(examples: Readonly<Record<string, unknown>>): JsonSchema {
  return Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));
}

/** `GET /api/v1/stock/{item}` is `getStockItem`. */
function operationId(route: Route): string {
  const words = route.path
    .replace(/^\/api(\/v1)?/, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${route.method}${words.join('')}`;
}
