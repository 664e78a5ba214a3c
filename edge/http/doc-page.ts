/**
 * The interfaces as a page for people, made from the same documents that machines read: plain HTML
 * and CSS, no script, nothing from elsewhere, so that it works in a shop without internet.
 */
import { commandSchemas } from '#recipes/contracts/command.ts';
import { REASONS } from '#recipes/contracts/reasons.ts';
import { COMMAND_EXAMPLES, EVENT_EXAMPLES } from './api-examples.ts';
import { PROBLEMS } from './api-problems.ts';
import { REFUSALS } from './api-refusals.ts';
import { asyncApi } from './asyncapi.ts';
import { code, type Html, html, json, table } from './doc-html.ts';
import { routesView, topicsView } from './doc-http.ts';
import { schemaView } from './doc-schema.ts';
import { STYLE } from './doc-style.ts';
import { type Language, type Say, STATUS_WORDS, wordsOf } from './doc-words.ts';
import { openApi } from './openapi.ts';
import { contractSchemas } from './schemas.ts';

export type DocOptions = {
  readonly store: string;
  readonly language: Language;
  /** Host and port by which the reader reached the box. */
  readonly host: string;
};

const NO_HOST = '127.0.0.1:8080';

/** The language a reader asks for: by the address, else by the browser's settings. */
export function docLanguage(asked: string | undefined, accepted: string | undefined): Language {
  if (asked === 'zh' || asked === 'en') return asked;
  return /^zh\b/i.test(accepted ?? '') ? 'zh' : 'en';
}

/** The whole page, made of the same documents that machines read. */
export function docPage(options: DocOptions): string {
  const say = wordsOf(options.language);
  const sections: readonly (readonly [id: string, title: string, body: Html])[] = [
    ['start', say.start, startView(options, say)],
    ['statuses', say.statuses, statusesView(say)],
    ['http', say.http, routesView(openApi(), say)],
    ['mqtt', say.mqtt, topicsView(asyncApi(options.store), say)],
    ['commands', say.commands, commandsView(say)],
    ['reasons', say.reasons, reasonsView(say)],
    ['problems', say.problems, problemsView(say)],
    ['schemas', say.schemas, schemasView(say)],
    ['documents', say.documents, documentsView()],
  ];
  const body = html`<div class="page"><nav aria-label="${say.title}"><a class="brand" href="/">Larder</a><div class="languages"><a href="?lang=zh" lang="zh" ${current(say, 'zh')}>中文</a><a href="?lang=en" lang="en" ${current(say, 'en')}>English</a></div><ul class="list">${sections.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav><main><h1>${say.title}</h1><p class="lead">${say.lead}</p>${sections.map(([id, title, view]) => html`<h2 id="${id}"><a class="here" href="#${id}">${title}</a></h2>${view}`)}</main></div>`;
  const page = html`<!doctype html><html lang="${say.lang === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><link rel="icon" href="/icon.svg"><title>${say.title}</title><style>${{ html: STYLE }}</style></head><body>${body}</body></html>`;
  return page.html;
}

function current(say: Say, language: Language): Html {
  return { html: say.lang === language ? 'aria-current="true"' : '' };
}

function startView(options: DocOptions, say: Say): Html {
  // What a client calls the host comes from outside: only what can be an address is repeated.
  const host = /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:]+\](:\d{1,5})?$/i.test(options.host)
    ? options.host
    : NO_HOST;
  const machine = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  const topic = `larder/v1/${options.store}`;
  const sale = JSON.stringify(EVENT_EXAMPLES.short);
  const sign = `-h ${machine} -p 1883 -u pos-T1 -P "$PASSWORD"`;
  return html`<p>${say.startWords}</p>${code(
    `SECRETS=data/secrets.json          # npm run demo: .demo/secrets.json
TOKEN=$(grep -o '"adminToken": *"[^"]*"' $SECRETS | cut -d'"' -f4)
PASSWORD=$(grep -o '"password": *"[^"]*"' $SECRETS | head -1 | cut -d'"' -f4)`,
  )}${code(
    `curl -X POST http://${host}/api/v1/pos/T1/events \\
  -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
  -d '${sale}'`,
    say.overHttp,
  )}<p>${say.again}</p>${code(
    `mosquitto_sub ${sign} -i T1-listen -q 1 -v \\
  -t '${topic}/pos/T1/result' -t '${topic}/pos/T1/ack' -t '${topic}/stock/#'`,
    say.listen,
  )}${code(
    `mosquitto_pub ${sign} -q 1 \\
  -t ${topic}/pos/T1/event \\
  -m '${sale.replace('demo-1', 'demo-2')}'`,
    say.overMqtt,
  )}`;
}

function statusesView(say: Say): Html {
  const rows = Object.entries(STATUS_WORDS).map(([name, words]) => [
    html`<code>${name}</code>`,
    say.lang === 'zh' ? words.zh : words.en,
  ]);
  return table([say.status, say.meaning], rows);
}

function commandsView(say: Say): Html {
  const schemas = openApi().components.schemas;
  return html`<p>${say.commandsWords}</p>${(
    Object.keys(commandSchemas) as (keyof typeof commandSchemas)[]
  ).map((kind) => {
    const properties = schemas[`Command.${kind}`]?.['properties'] as Record<
      string,
      Record<string, unknown>
    >;
    return html`<h3 id="command-${kind}"><a class="here" href="#command-${kind}"><code>${kind}</code></a></h3>${schemaView(properties['data'] ?? {}, say)}${code(json({ id: 'any-id-of-yours', kind, data: COMMAND_EXAMPLES[kind] }), say.example)}`;
  })}`;
}

function reasonsView(say: Say): Html {
  const rows = Object.entries(REASONS).map(([name, [en, zh]]) => [
    html`<code id="reason-${name}"><a class="here" href="#reason-${name}">${name}</a></code>`,
    bothWords(en.replace('{}', '…'), zh.replace('{}', '…')),
  ]);
  return html`<p>${say.reasonsWords}</p>${table([say.code, say.meaning], rows)}`;
}

function problemsView(say: Say): Html {
  const http = Object.entries(PROBLEMS).map(
    ([name, { status, en, zh }]) => [name, status.join(', '), en, zh] as const,
  );
  const commands = Object.entries(REFUSALS).map(
    ([name, { en, zh }]) => [name, say.inCommand, en, zh] as const,
  );
  const rows = [...http, ...commands].map(([name, status, en, zh]) => [
    html`<code id="problem-${name}"><a class="here" href="#problem-${name}">${name}</a></code>`,
    status,
    bothWords(en, zh),
  ]);
  return html`<p>${say.problemsWords}</p>${table([say.code, say.status, say.meaning], rows)}`;
}

function bothWords(en: string, zh: string): Html {
  return html`<div class="words"><p lang="zh">${zh}</p><p lang="en" class="muted">${en}</p></div>`;
}

function schemasView(say: Say): Html {
  const all = { ...openApi().components.schemas, ...asyncApi('').components.schemas };
  const names = Object.keys(all).sort();
  return html`<p>${say.schemasWords}</p>${names.map((name) => html`<h3 id="schema-${name}"><a class="here" href="#schema-${name}">${name}</a></h3>${schemaView(all[name] ?? {}, say)}`)}`;
}

function documentsView(): Html {
  const paths = [
    '/api/openapi.json',
    '/api/asyncapi.json',
    ...Object.keys(contractSchemas()).map((name) => `/api/schemas/${name}.json`),
  ];
  return html`<ul>${paths.map((path) => html`<li><a href="${path}">${path}</a></li>`)}</ul>`;
}
