/** The routes and the topics as a person reads them. */
import { EVENT_EXAMPLES } from './api-examples.ts';
import { TAGS } from './api-route.ts';
import type { AsyncApi } from './asyncapi.ts';
import { code, type Html, html, type Inside, json, table } from './doc-html.ts';
import { typeOf } from './doc-schema.ts';
import type { Say } from './doc-words.ts';
import type { OpenApi, Operation } from './openapi.ts';
import type { JsonSchema } from './schemas.ts';

/** Every route, by tag. */
export function routesView(document: OpenApi, say: Say): Html {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const tags = Object.keys(TAGS) as (keyof typeof TAGS)[];
  return html`${tags.map(
    (tag) =>
      html`<h3 id="tag-${tag}">${TAGS[tag][languageOf(say)]}</h3>${all
        .filter(({ operation }) => operation.tags.includes(tag))
        .map(({ path, method, operation }) => routeView(path, method, operation, say))}`,
  )}`;
}

function routeView(path: string, method: string, operation: Operation, say: Say): Html {
  const may = say.may[operation['x-auth'] as keyof Say['may']];
  const text = translated(operation, 'description', say);
  return html`<section id="${operation.operationId}"><p class="route"><span class="verb ${method}">${method}</span><code>${path}</code><span class="badge">${may}</span></p><p>${translated(operation, 'summary', say)}</p>${text ? html`<p class="muted">${text}</p>` : ''}${parametersView(operation, say)}${requestView(operation, say)}${answerView(operation, say)}</section>`;
}

function parametersView(operation: Operation, say: Say): Inside {
  if (!operation.parameters) return '';
  return html`<details><summary>${say.parameters}</summary>${table(
    [say.name, '', say.type, say.meaning],
    operation.parameters.map((parameter) => [
      html`<code>${String(parameter['name'])}</code>`,
      String(parameter['in']),
      typeOf(parameter['schema'] as JsonSchema),
      translated(parameter, 'description', say),
    ]),
  )}</details>`;
}

function requestView(operation: Operation, say: Say): Inside {
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  if (!content) return '';
  return html`<h4>${say.request}: ${typeOf(content['schema'] as JsonSchema)} <span class="muted">${type}</span></h4>${examplesView(content)}`;
}

function answerView(operation: Operation, say: Say): Html {
  const entries = Object.entries(operation.responses);
  const rows = entries.map(([status, answer]): Inside[] => {
    const [type, content] =
      Object.entries((answer['content'] ?? {}) as Record<string, JsonSchema>)[0] ?? [];
    const codes = answer['x-codes'] as string[] | undefined;
    const schema = content?.['schema'] as JsonSchema | undefined;
    return [
      html`<code>${status}</code>`,
      codes
        ? codes.map((name, i) => [i > 0 ? ', ' : '', html`<a href="#problem-${name}">${name}</a>`])
        : html`${schema ? typeOf(schema) : ''} <span class="muted">${type}</span>`,
    ];
  });
  const content = (entries[0]?.[1]['content'] ?? {}) as Record<string, JsonSchema>;
  const [body] = Object.values(content);
  return html`<details><summary>${say.answer}</summary>${table([say.status, ''], rows)}${body ? examplesView(body) : ''}</details>`;
}

function examplesView(content: JsonSchema): Inside {
  const examples = Object.entries(
    (content['examples'] ?? {}) as Record<string, { value: unknown }>,
  );
  const [first, ...others] = examples.map(([name, { value }]) => code(json(value), name));
  if (!first) return '';
  return html`${first}${
    others.length > 0
      ? html`<details><summary>+ ${examples
          .slice(1)
          .map(([name]) => name)
          .join(', ')}</summary>${others}</details>`
      : ''
  }`;
}

/** Every topic with its message. */
export function topicsView(document: AsyncApi, say: Say): Html {
  const operations = Object.values(document.operations);
  return html`${Object.entries(document.channels).map(([name, channel]) => {
    const message = document.components.messages[name] ?? {};
    const operation = operations.find(
      (one) => (one['channel'] as { $ref: string }).$ref === `#/channels/${name}`,
    );
    const action = operation?.['action'] as keyof Say['writes'];
    const mqtt = (operation?.['bindings'] as { mqtt: { retain: boolean } } | undefined)?.mqtt;
    const [example] = message['examples'] as { payload: unknown }[];
    const value = name === 'event' ? EVENT_EXAMPLES.short : example?.payload;
    return html`<section id="topic-${name}"><p class="route"><code>${channel.address}</code><span class="badge">${say.writes[action]}</span><span class="badge">QoS 1</span>${mqtt?.retain ? html`<span class="badge">${say.retained}</span>` : ''}</p><p>${translated(channel, 'description', say)} ${typeOf(message['payload'] as JsonSchema)}</p>${code(json(value))}</section>`;
  })}`;
}

function languageOf(say: Say): 'zh' | 'en' {
  return say.lang === 'zh' ? 'zh' : 'en';
}

function translated(thing: JsonSchema, key: string, say: Say): string {
  const zh = thing[`x-${key}-zh`];
  return String((say.lang === 'zh' ? zh : undefined) ?? thing[key] ?? '');
}
