/** The store that a path names, remembered: every batch asks for it. */
import type { Context } from 'hono';
import type { HqEnv } from './auth.ts';
import { notFound, problem } from './http/problem.ts';
import type { HqParts, Store } from './parts.ts';
import { STORE_CODE } from './store-code.ts';
import { ensureStore, findStore } from './stores-store.ts';

/** The store of `:store`, made when the admin writes to one that is new; else the answer that says why not. */
export type StoreFinder = (c: Context<HqEnv>) => Promise<Store | Response>;

const REMEMBER_MS = 10_000;

export function openStoreFinder({ db, ports }: Pick<HqParts, 'db' | 'ports'>): StoreFinder {
  const known = new Map<string, { store: Store; until: number }>();
  return async (c) => {
    const code = c.req.param('store') ?? '';
    const now = ports.mono();
    const before = known.get(code);
    if (before !== undefined && before.until > now) return before.store;
    if (!STORE_CODE.test(code)) return problem(c, 404, 'unknown_store', notFound(`store ${code}`));
    const may = c.req.method !== 'GET' && 'scope' in c.get('principal');
    const store = may ? await ensureStore(db.chain, code) : await findStore(db.chain, code);
    if (store === undefined) {
      return problem(c, 404, 'unknown_store', notFound(`store ${code}`));
    }
    known.set(code, { store, until: now + REMEMBER_MS });
    return store;
  };
}
