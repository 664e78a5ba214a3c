/** The published document against the box itself: the same routes, and answers of the said shape. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandSchemas } from '#recipes/contracts/command.ts';
import { COMMAND_EXAMPLES } from '../../../edge/http/api-examples.ts';
import { PROBLEMS } from '../../../edge/http/api-problems.ts';
import { REFUSALS } from '../../../edge/http/api-refusals.ts';
import { ROUTES } from '../../../edge/http/api-routes.ts';
import { type AppParts, createApp } from '../../../edge/http/app.ts';
import { openApi } from '../../../edge/http/openapi.ts';
import { contractSchemas } from '../../../edge/http/schemas.ts';
import { sampleBook, startBox, type TestBox } from '../../support/start-box.ts';
import { give, headOffice } from '../catalog/head-office.ts';
import { brokenReferences, misfits } from './json-schema.ts';

const document = openApi();
const { schemas } = document.components;
const SENT = 'TR-demo-20261123-1';

type Content = Record<string, { schema?: object; examples?: Record<string, { value: unknown }> }>;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

test('the document lists the routes that are registered, no more, no less', () => {
  // Routes are registered without asking the parts for anything.
  const app = createApp({ pages: '', store: 'demo' } as unknown as AppParts);
  const registered = app.routes
    .filter(({ method, path }) => method !== 'ALL' && path !== '/*')
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')}`);
  const written = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`);
  expect([...new Set(registered)].sort()).toEqual([...written].sort());
  expect(written.length).toBe(ROUTES.length);
});

test('it is OpenAPI 3.1 whose references lead somewhere and whose ids are unique', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(brokenReferences(document)).toEqual([]);
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { path, operation } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const said = (operation.parameters ?? []).filter((one) => one['in'] === 'path');
    expect(
      said.map((one) => one['name']),
      path,
    ).toEqual(named);
    expect(Object.keys(operation.responses).length).toBeGreaterThan(0);
    expect(operation['x-summary-zh']).toMatch(/[一-龥]|OpenAPI|AsyncAPI|JSON/);
  }
});

test('every example fits its schema, and a spoilt one does not', () => {
  let looked = 0;
  for (const { path, method, operation } of operations) {
    const contents: Content[] = [
      (operation.requestBody?.content ?? {}) as Content,
      ...Object.values(operation.responses).map((one) => (one['content'] ?? {}) as Content),
    ];
    for (const { schema, examples } of contents.flatMap((content) => Object.values(content))) {
      for (const [name, { value }] of Object.entries(examples ?? {})) {
        if (!schema) continue;
        looked++;
        expect(misfits(schemas, schema, value), `${method} ${path} ${name}`).toEqual([]);
      }
    }
  }
  expect(looked).toBeGreaterThan(40);
  const sale = { id: 'x', items: [{ sku: 'M-1', quantity: 2 }] };
  expect(misfits(schemas, { $ref: '#/components/schemas/PosEvent' }, sale)).not.toEqual([]);
});

test('every command kind stands with its data and an example that fits', () => {
  expect(Object.keys(COMMAND_EXAMPLES).sort()).toEqual(Object.keys(commandSchemas).sort());
  for (const [kind, data] of Object.entries(COMMAND_EXAMPLES)) {
    const schema = { $ref: `#/components/schemas/Command.${kind}` };
    expect(misfits(schemas, schema, { id: 'a', kind, data }), kind).toEqual([]);
    expect(misfits(schemas, schema, { id: 'a', kind: 'other', data }), kind).not.toEqual([]);
  }
});

test('every problem and refusal in the code has words, and none has words only', () => {
  const codes = new Set<string>();
  for (const text of sources('edge/http')) {
    for (const [, code = ''] of text.matchAll(/problem\(\s*c,\s*\d+,\s*'(\w+)'/g)) codes.add(code);
    for (const [, code = ''] of text.matchAll(/result\.code \?\? '(\w+)'/g)) codes.add(code);
  }
  expect([...codes].sort()).toEqual(Object.keys(PROBLEMS).sort());
  const refusals = new Set<string>();
  const features =
    'kitchen counts people purchasing purchasing/sending print usage transfers catalog lives ledger pos commands';
  const folders = ['edge', ...features.split(' ').map((name) => `edge/${name}`)];
  for (const text of folders.flatMap(sources)) {
    for (const [, code = ''] of text.matchAll(/refuse\(\s*'(\w+)',\s*[`']/g)) refusals.add(code);
    for (const [, code = ''] of text.matchAll(
      /(?:ok: false, |status: 'conflict', |ok: false,\s+)code: '(\w+)'/g,
    ))
      refusals.add(code);
  }
  for (const [, code = ''] of sources('recipes')
    .join('')
    .matchAll(/^\s+code: '(\w+)',$/gm))
    refusals.add(code);
  expect([...refusals].filter((code) => !(code in PROBLEMS) && !(code in REFUSALS))).toEqual([]);
  expect(Object.keys(REFUSALS).filter((code) => !refusals.has(code))).toEqual([]);
});

/** Sources of one folder, without those below it. */
function sources(folder: string): string[] {
  const root = new URL(`../../../${folder}/`, import.meta.url);
  return readdirSync(root)
    .filter((name) => name.endsWith('.ts') && !name.startsWith('audit'))
    .map((name) => readFileSync(new URL(name, root), 'utf8'));
}

describe('a real box', () => {
  let box: TestBox;

  beforeAll(async () => {
    const config = { printers: 'kitchen=virtual:kitchen' };
    box = await startBox({ demoBook: true, config, at: '2026-11-22T18:00:00+08:00' });
    await box.api('POST', '/print', { what: 'waste' });
    await box.command('delivery.receive', {
      lines: [
        {
          item: 'pork-belly',
          qty: '4 kg',
          lot: 'B-1',
          price: '40',
          expiresAt: '2026-12-01T00:00:00Z',
        },
      ],
    });
    const sold = { ...SALE, data: { saleId: 'S/1', channel: 'dine_in', lines: SALE.data.lines } };
    await box.send([sold, { id: 'short', items: [{ sku: 'NOBODY', qty: 1 }] }, { odd: true }, 7]);
    await box.send({ ...sold, data: { ...sold.data, channel: 'takeaway' } });
    await box.send({
      ...VOID,
      data: { saleId: 'S/1', lines: [{ lineId: '1', qty: '1' }], disposition: 'made_discarded' },
    });
    await box.command('count.observe', { count: 'C-1', item: 'pork-belly', qty: '3 kg' });
    await box.command('waste.log', { item: 'pork-belly', qty: '100 g', reason: 'dropped' });
    const back = [{ item: 'pork-belly', qty: '100 g' }];
    await box.command('delivery.return', { supplier: 'jinluo', lines: back, reason: 'smells' });
    await box.command('credit.record', { supplier: 'jinluo', amount: '3.20' });
    const outs = [{ to: 'usable', qty: '400 g' }, { to: 'bin' }];
    await box.command('trim.log', { item: 'pork-belly', in: '500 g', outs });
    const wanted = [{ item: 'pork-belly', qty: '8 kg' }];
    await box.command('order.create', { order: 'PO-1', supplier: 'jinluo', lines: wanted });
    await give(box, headOffice().sign({ payload: { book: sampleBook() } }));
    await box.command('book.override', { items: [{ id: 'pork-belly', station: 'wok' }] });
    await box.command('user.add', { user: 'wang', name: '王', role: 'manager', pin: '90210' });
    await box.command('device.pair', { device: 'd1', name: '冷菜台', tokenHash: 'a'.repeat(64) });
    await box.command('day.note', { from: '2026-11-24', kind: 'closed' });
    await box.command('transfer.send', { to: 's2', transfer: SENT, lines: back });
    await box.command('requisition.send', { to: 's2', deliverOn: '2026-11-24', lines: back });
    await box.command('outsource.send', { processor: 'Lin', lines: back });
    await box.send({ ...VOID, id: 'v2', data: { saleId: 'never' } });
    await box.send({ id: 'n1', epoch: 'e', sequence: 5, items: [{ sku: 'M-1001', qty: 1 }] });
    await box.send({
      specversion: '1.0',
      id: 'c1',
      type: 'larder.pos.dayclose.v1',
      data: { businessDate: '2026-11-22', saleCount: 99 },
    });
  });
  afterAll(() => box.stop());

  const SALE = {
    specversion: '1.0',
    id: 'e1',
    type: 'larder.pos.sale.v1',
    time: '2026-11-22T12:31:07.512+08:00',
    data: {
      lines: [
        { lineId: '1', sku: 'M-1001', qty: '2' },
        { lineId: '2', sku: 'WHAT', qty: '1', name: '何' },
      ],
    },
  };
  const VOID = {
    specversion: '1.0',
    id: 'v1',
    type: 'larder.pos.void.v1',
    time: SALE.time,
    data: {},
  };

  const reads: readonly (readonly [route: string, path: string])[] = [
    ['/api/v1/stock', '/api/v1/stock'],
    ['/api/v1/stock/{item}', '/api/v1/stock/pork-belly'],
    ['/api/v1/menu', '/api/v1/menu'],
    ['/api/v1/moves', '/api/v1/moves?limit=5&order=desc'],
    ['/api/v1/entries', '/api/v1/entries?kinds=kitchen'],
    ['/api/v1/tiles', '/api/v1/tiles?screen=waste'],
    ['/api/v1/prep', '/api/v1/prep'],
    ['/api/v1/labels/{item}/{lot}', '/api/v1/labels/pork-belly/B-1'],
    ['/api/v1/orders', '/api/v1/orders'],
    ['/api/v1/orders/{order}', '/api/v1/orders/PO-1'],
    ['/api/v1/credits', '/api/v1/credits'],
    ['/api/v1/transfers', '/api/v1/transfers'],
    ['/api/v1/transfers/{transfer}', `/api/v1/transfers/${SENT}`],
    ['/api/v1/requisitions', '/api/v1/requisitions'],
    ['/api/v1/outsource', '/api/v1/outsource'],
    ['/api/v1/recipes', '/api/v1/recipes'],
    ['/api/v1/counts', '/api/v1/counts?open=1'],
    ['/api/v1/counts/{count}', '/api/v1/counts/C-1'],
    ['/api/v1/count-list', '/api/v1/count-list'],
    ['/api/v1/print/jobs', '/api/v1/print/jobs?state=all'],
    ['/api/v1/printers', '/api/v1/printers'],
    ['/api/v1/printers/{name}/papers', '/api/v1/printers/kitchen/papers'],
    ['/api/v1/reports/waste', '/api/v1/reports/waste'],
    ['/api/v1/reports/yield', '/api/v1/reports/yield'],
    ['/api/v1/reports/forecast', '/api/v1/reports/forecast'],
    ['/api/v1/suggestions', '/api/v1/suggestions'],
    ['/api/v1/day-notes', '/api/v1/day-notes'],
    ['/api/v1/sales', '/api/v1/sales'],
    ['/api/v1/sales/{saleId}', '/api/v1/sales/S/1'],
    ['/api/v1/events', '/api/v1/events'],
    ['/api/v1/events/{number}', '/api/v1/events/1'],
    ['/api/v1/days/{date}', '/api/v1/days/2026-11-22'],
    ['/api/v1/book', '/api/v1/book'],
    ['/api/v1/book/modifiers', '/api/v1/book/modifiers'],
    ['/api/v1/books', '/api/v1/books'],
    ['/api/v1/book/overrides', '/api/v1/book/overrides'],
    ['/api/v1/catalog', '/api/v1/catalog'],
    ['/api/v1/feed', '/api/v1/feed?limit=500'],
    ['/api/v1/feed/hashes', '/api/v1/feed/hashes?seq=0,1,2,99999'],
    ['/api/v1/feed/balances', '/api/v1/feed/balances'],
    ['/api/v1/inbox', '/api/v1/inbox'],
    ['/api/v1/status', '/api/v1/status'],
    ['/api/v1/people', '/api/v1/people'],
    ['/api/v1/devices', '/api/v1/devices'],
    ['/api/v1/setup', '/api/v1/setup'],
    ['/healthz', '/healthz'],
    ['/readyz', '/readyz'],
  ];

  function answerOf(route: string, method: string): object {
    const operation = document.paths[route]?.[method];
    const [status] = Object.keys(operation?.responses ?? {});
    const content = operation?.responses[status ?? '']?.['content'] as Content;
    return content['application/json']?.schema ?? {};
  }

  test.each(reads)('GET %s answers what it says', async (route, path) => {
    const response = await fetch(`${box.url}${path}`, {
      headers: { authorization: `Bearer ${box.token}` },
    });
    const body: unknown = await response.json();
    expect(response.status, JSON.stringify(body)).toBe(200);
    expect(misfits(schemas, answerOf(route, 'get'), body)).toEqual([]);
    const list = Object.values(body as object).find((value) => Array.isArray(value)) as
      | unknown[]
      | undefined;
    const mayBeEmpty = [
      '/readyz',
      '/api/v1/setup',
      '/api/v1/labels/{item}/{lot}',
      '/api/v1/reports/forecast',
    ].includes(route);
    if (list !== undefined && !mayBeEmpty) expect(list.length).toBeGreaterThan(0);
  });

  test('every read that answers JSON of a known shape is asked', () => {
    const shaped = ROUTES.filter(
      ({ method, answer }) =>
        method === 'get' && answer.schema && answer.type === 'application/json',
    );
    expect(reads.map(([route]) => route).sort()).toEqual(shaped.map(({ path }) => path).sort());
  });

  test('writes answer what they say', async () => {
    const sent = await box.api('POST', '/pos/T1/events', [
      { id: 'w1', items: [{ sku: 'M-1001', qty: 1 }] },
      { id: 'w1', items: [] },
    ]);
    expect(misfits(schemas, answerOf('/api/v1/pos/{terminal}/events', 'post'), sent)).toEqual([]);
    const commands = Object.entries(COMMAND_EXAMPLES).map(([kind, data]) => ({
      id: `k:${kind}`,
      kind,
      data,
    }));
    const unknown = { id: 'k', kind: 'no.such', data: {} };
    const carried = await box.api('POST', '/commands', {
      commands: [...commands, unknown, { ...unknown, kind: 'x' }],
    });
    expect(misfits(schemas, answerOf('/api/v1/commands', 'post'), carried)).toEqual([]);
    const { book } = await box.api<{ book: object }>('GET', '/book');
    const writes: readonly (readonly [method: string, path: string, body?: object])[] = [
      ['POST', '/passes', { pin: '90210' }],
      ['DELETE', '/passes'],
      ['POST', '/pairings', { name: '冷菜台' }],
      ['POST', '/scale', { scale: '1', grams: '620', stable: true }],
    ];
    for (const [method, path, body] of writes) {
      const said = await box.api(method, path, body);
      const schema = answerOf(`/api/v1${path}`, method.toLowerCase());
      expect(misfits(schemas, schema, said), path).toEqual([]);
    }
    const simulated = await box.api('POST', '/recipes/braised-pork-rice/simulate', { qty: 2 });
    const simulation = answerOf('/api/v1/recipes/{id}/simulate', 'post');
    expect(misfits(schemas, simulation, simulated)).toEqual([]);
    const { code } = await box.api<{ code: string }>('POST', '/pairings', { name: '热菜台' });
    const paired = await box.api('POST', '/pair', { code });
    expect(misfits(schemas, answerOf('/api/v1/pair', 'post'), paired)).toEqual([]);
    for (const path of ['/book?dryRun=1', '/book']) {
      const put = await box.api('PUT', path, book);
      expect(misfits(schemas, answerOf('/api/v1/book', 'put'), put)).toEqual([]);
    }
  });

  const refusals: readonly (readonly [
    status: number,
    code: string,
    method: string,
    path: string,
    body?: string,
  ])[] = [
    [404, 'unknown_item', 'GET', '/api/v1/stock/nothing'],
    [404, 'unknown_sale', 'GET', '/api/v1/sales/nothing'],
    [404, 'unknown_lot', 'GET', '/api/v1/labels/pork-belly/nothing'],
    [404, 'unknown_order', 'GET', '/api/v1/orders/nothing'],
    [404, 'unknown_recipe', 'POST', '/api/v1/recipes/nothing/simulate', '{}'],
    [400, 'bad_query', 'GET', '/api/v1/entries?kinds=nothing'],
    [400, 'bad_query', 'GET', '/api/v1/tiles?screen=nothing'],
    [404, 'unknown_count', 'GET', '/api/v1/counts/none'],
    [400, 'bad_date', 'GET', '/api/v1/reports/waste?from=2026-02-31'],
    [404, 'unknown_event', 'GET', '/api/v1/events/99999'],
    [404, 'no_book', 'GET', '/api/v1/book?version=99'],
    [400, 'bad_date', 'GET', '/api/v1/days/today'],
    [400, 'bad_time', 'GET', '/api/v1/moves?from=soon'],
    [400, 'bad_time', 'GET', '/api/v1/moves?to=2026-11-22T04:00:00'],
    [404, 'unknown_job', 'POST', '/api/v1/print/jobs/999/retry'],
    [404, 'unknown_job', 'GET', '/api/v1/print/jobs/999.png'],
    [404, 'unknown_paper', 'GET', '/api/v1/printers/kitchen/papers/999.png'],
    [404, 'not_found', 'GET', '/api/schemas/nothing.json'],
    [404, 'unknown_terminal', 'POST', '/api/v1/pos/T9/events', '{}'],
    [404, 'unknown_adapter', 'POST', '/api/v1/pos/T1/adapters/other', '{}'],
    [
      413,
      'too_many',
      'POST',
      '/api/v1/pos/T1/events',
      JSON.stringify(Array.from({ length: 501 }, () => ({}))),
    ],
    [400, 'bad_commands', 'POST', '/api/v1/commands', '[]'],
    [400, 'no_demo', 'POST', '/api/v1/demo/speed', '{"speed":1}'],
    [422, 'bad_book', 'PUT', '/api/v1/book', '{"larder":2}'],
    [400, 'bad_body', 'POST', '/api/v1/passes', '{"pin":4711}'],
    [403, 'wrong_pin', 'POST', '/api/v1/passes', '{"pin":"0000"}'],
    [403, 'wrong_code', 'POST', '/api/v1/pair', '{"code":"ABCDEFGH"}'],
    [409, 'not_new', 'POST', '/api/v1/setup/demo', '{}'],
    [409, 'not_new', 'POST', '/api/v1/setup/restore', 'x'],
  ];

  test.for(refusals)('%i %s', async ([status, code, method, path, body]) => {
    const headers = { authorization: `Bearer ${box.token}`, 'content-type': 'application/json' };
    const response = await fetch(`${box.url}${path}`, {
      method,
      headers,
      ...(body ? { body } : {}),
    });
    const said = (await response.json()) as { code: string; status: number; type: string };
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect([response.status, said.status, said.code]).toEqual([status, status, code]);
    expect(said.type).toBe(`/api/docs#problem-${code}`);
    expect(misfits(schemas, { $ref: '#/components/schemas/Problem' }, said)).toEqual([]);
  });

  test('without a token: 401; as a terminal: only its own events', async () => {
    expect((await fetch(`${box.url}/api/v1/stock`)).status).toBe(401);
    const headers = { authorization: `Bearer ${box.mqttPassword}` };
    expect((await fetch(`${box.url}/api/v1/stock`, { headers })).status).toBe(403);
  });

  test.each(Object.keys(contractSchemas()))(
    'schema %s is served, with an id of its own',
    async (name) => {
      const response = await fetch(`${box.url}/api/schemas/${name}.json`);
      const schema = (await response.json()) as { $id: string; $schema: string };
      expect(response.status).toBe(200);
      expect(schema).toMatchObject({
        $id: `/api/schemas/${name}.json`,
        $schema: 'https://json-schema.org/draft/2020-12/schema',
      });
      expect(brokenReferences(schema)).toEqual([]);
    },
  );

  test('the document is served as it is made', async () => {
    const served = await (await fetch(`${box.url}/api/openapi.json`)).json();
    expect(served).toEqual(JSON.parse(JSON.stringify(document)));
  });
});
