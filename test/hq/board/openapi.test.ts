/** The document of head office against the routes that there are: each in the other, none forgotten. */
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../../cloud-bridge/hq/api/problems.ts';
import { ROUTES } from '../../../cloud-bridge/hq/api/routes.ts';
import { createApp } from '../../../cloud-bridge/hq/app.ts';
import { mayDo } from '../../../cloud-bridge/hq/auth.ts';
import { loadHqConfig } from '../../../cloud-bridge/hq/config.ts';
import { openApi } from '../../../cloud-bridge/hq/openapi.ts';
import type { HqParts } from '../../../cloud-bridge/hq/parts.ts';
import type { Principal } from '../../../cloud-bridge/hq/principal.ts';
import { openLog } from '../../../edge/runtime/log.ts';
import { realPorts } from '../../../edge/runtime/ports.ts';

/** Routes as they are registered; nothing is called, so nothing behind them is needed. */
function registered(): string[] {
  const loaded = loadHqConfig({});
  if (!loaded.ok) throw new Error('no configuration');
  const nowhere = {} as HqParts['db']['chain'];
  const app = createApp({
    config: loaded.config,
    log: openLog('silent'),
    ports: realPorts(),
    db: { chain: nowhere, shards: [nowhere], of: async () => nowhere },
    wire: { tell: () => undefined, listen: () => () => undefined },
    adminToken: 'x'.repeat(32),
    metrics: new Registry(),
  });
  const paths = app.routes
    .filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
    .map(({ method, path }) => `${method.toLowerCase()} ${path}`)
    .map((route) => route.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}'));
  return [...new Set(paths)].sort();
}

/** The path with its examples filled in; the store is `x-store`. */
function example({ path, parameters = [] }: (typeof ROUTES)[number]): string {
  const values = new Map(parameters.map((one) => [one.name, String(one.example ?? '')]));
  return path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'store' ? 'x-store' : (values.get(name) ?? ''),
  );
}

const documented = ROUTES.map(({ method, path }) => `${method} ${path}`).sort();

describe('the document', () => {
  it('has every route, once, and no other', () => {
    expect(documented).toEqual(registered());
    expect(new Set(documented).size).toBe(documented.length);
    const inDocument = Object.entries(openApi().paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(inDocument.sort()).toEqual(documented);
  });

  it('names only problems that are explained in both languages', () => {
    for (const route of ROUTES) {
      for (const code of route.problems ?? []) expect(PROBLEMS).toHaveProperty([code]);
    }
    for (const { en, zh, status } of Object.values(PROBLEMS)) {
      expect(en).toMatch(/\w/);
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(status).toBeGreaterThanOrEqual(400);
    }
  });

  it('says in both languages what each route does, and names each part of its path', () => {
    for (const route of ROUTES) {
      const words = [route.summary, ...(route.parameters ?? []).map((one) => one.words)];
      for (const { zh, en } of words) {
        expect(zh, route.path).toMatch(/\p{Script=Han}/u);
        expect(en, route.path).toMatch(/[a-z]/);
      }
      const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const named = (route.parameters ?? []).filter((one) => one.in === 'path');
      expect(
        named.map(({ name }) => name),
        route.path,
      ).toEqual(inPath);
    }
  });

  it('has examples that its own schemas accept', () => {
    for (const { request, answer, method, path } of ROUTES) {
      const where = `${method} ${path}`;
      if (request?.schema)
        expect(request.schema.safeParse(request.example).error, where).toBeUndefined();
      if (answer.schema && answer.example !== undefined) {
        expect(answer.schema.safeParse(answer.example).error, where).toBeUndefined();
      }
    }
  });

  it('leads every reference somewhere, and gives every operation a name of its own', () => {
    const text = JSON.stringify(openApi());
    for (const [, name = ''] of text.matchAll(/#\/components\/schemas\/([\w.]+)/g)) {
      expect(openApi().components.schemas).toHaveProperty([name]);
    }
    const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says who may call what, as it is', () => {
    const who: Record<string, Principal> = {
      wall: { scope: 'wall', name: 'w' },
      read: { scope: 'read', name: 'r' },
      store: { store: 'x-store' },
      admin: { scope: 'admin', name: 'a' },
    };
    for (const route of ROUTES) {
      const { method, path, auth } = route;
      if (auth === 'none') continue;
      const below = example(route).replace(/^\/hq\/v1/, '');
      const may = (name: string): boolean => {
        const principal = who[name];
        return principal !== undefined && mayDo(principal, method.toUpperCase(), below);
      };
      const where = `${method} ${path} (${auth})`;
      expect(may('admin'), where).toBe(true);
      expect(may(auth), where).toBe(true);
      if (auth === 'admin')
        expect([may('read'), may('wall'), may('store')], where).toEqual([false, false, false]);
      if (auth === 'read') expect(may('wall'), where).toBe(false);
      if (auth === 'wall') expect(may('read'), where).toBe(true);
    }
  });
});
