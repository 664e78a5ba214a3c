/** Down to the stores: what was published, what became of it, and the door for a new version. */
import { type Context, Hono } from 'hono';
import type { HqEnv } from '../auth.ts';
import { openStoreFinder } from '../find-store.ts';
import { notFound, problem } from '../http/problem.ts';
import type { HqParts } from '../parts.ts';
import {
  type Adoption,
  adoptionsOf,
  catalogHeadOf,
  listVersions,
  openStores,
  readVersion,
  type StoredVersion,
  type VersionHead,
  versionsFor,
} from './catalog-store.ts';
import { onTheWire } from './publish.ts';
import { publishRoutes } from './publish-routes.ts';
import { openSigner, type Signer } from './sign.ts';

/** Versions in one answer to a bridge, and characters of them after which no more are added. */
const FETCHED_MAX = 20;
const FETCHED_CHARS = 4_000_000;
const LISTED = 50;
const LISTED_MAX = 200;
/** Refusals named in the list; the rest is counted. */
const REFUSALS_LISTED = 10;

/** Versions: published, listed, read, published again. */
export function catalogRoutes(parts: HqParts): Hono<HqEnv> {
  const app = new Hono<HqEnv>();
  const { chain } = parts.db;
  const finder = openStoreFinder(parts);
  let signer: Signer | undefined;
  const signed = async () => {
    signer ??= await openSigner(parts);
    return signer;
  };

  app.get('/stores/:store/catalog', async (c) => {
    const store = await finder(c);
    if (store instanceof Response) return store;
    const after = Number(c.req.query('after') ?? '0');
    if (!Number.isSafeInteger(after) || after < 0) return badNumber(c, 'after');
    const found = await versionsFor(chain, store.code, after, FETCHED_MAX);
    const key = await signed();
    const versions = upTo(found).map((row) => onTheWire(row, key));
    return c.json({ versions, head: await catalogHeadOf(chain, store.code) });
  });

  app.get('/catalog', async (c) => {
    const before = Number(c.req.query('before') ?? Number.MAX_SAFE_INTEGER);
    const limit = Math.min(Number(c.req.query('limit') ?? LISTED), LISTED_MAX);
    if (!Number.isSafeInteger(before)) return badNumber(c, 'before');
    if (!Number.isInteger(limit) || limit < 1) return badNumber(c, 'limit');
    const heads = await listVersions(chain, Math.min(before, 2_147_483_647), limit);
    const adoptions = await adoptionsOf(
      chain,
      heads.map(({ version }) => version),
    );
    const byVersion = Map.groupBy(adoptions, ({ version }) => version);
    const stores = await openStores(chain);
    const versions = heads.map((head) => ({
      ...head,
      adoption: summary(head, byVersion.get(head.version) ?? [], stores),
    }));
    const next = heads.length === limit ? (heads.at(-1)?.version ?? null) : null;
    return c.json({ versions, key: (await signed()).key, next });
  });

  app.get('/catalog/:version{\\d+}', async (c) => {
    const row = await readVersion(chain, Number(c.req.param('version')));
    if (!row || !mayRead(c, row)) return unknownVersion(c);
    return c.json(onTheWire(row, await signed()));
  });

  app.get('/catalog/:version{\\d+}/stores', async (c) => {
    const row = await readVersion(chain, Number(c.req.param('version')));
    if (!row) return unknownVersion(c);
    const adoptions = await adoptionsOf(chain, [row.version]);
    const said = new Map(adoptions.map((adoption) => [adoption.store, adoption]));
    const stores = (await named(chain, row)).map(
      (store) =>
        said.get(store) ?? {
          version: row.version,
          store,
          state: 'waiting',
          at: null,
          detail: null,
        },
    );
    return c.json({ version: row.version, kind: row.kind, stores });
  });

  app.route('/', publishRoutes(parts));
  return app;
}

/** As many as fit; at least one, whatever its size. */
function upTo(rows: readonly StoredVersion[]): StoredVersion[] {
  let chars = 0;
  return rows.filter(({ signed }, i) => {
    chars += signed.length;
    return i === 0 || chars <= FETCHED_CHARS;
  });
}

/** Which stores a version is for, of those that are open. */
async function named(
  chain: HqParts['db']['chain'],
  { stores }: Pick<VersionHead, 'stores'>,
): Promise<string[]> {
  const open = await openStores(chain);
  return stores === null ? open : open.filter((code) => stores.includes(code));
}

function summary(head: VersionHead, adoptions: readonly Adoption[], open: readonly string[]) {
  const wanted = head.stores === null ? open : open.filter((code) => head.stores?.includes(code));
  const said = new Set(adoptions.map(({ store }) => store));
  const count = (state: string) => adoptions.filter((adoption) => adoption.state === state).length;
  return {
    stores: wanted.length,
    taken: count('taken'),
    refused: count('refused'),
    waiting: wanted.filter((code) => !said.has(code)).length,
    refusals: adoptions
      .filter(({ state }) => state === 'refused')
      .slice(0, REFUSALS_LISTED)
      .map(({ store, at, detail }) => ({ store, at, reason: detail?.['reason'] ?? null })),
  };
}

/** A store reads what is for it; decisions about people are for the admin and those stores only. */
function mayRead(c: Context<HqEnv>, { stores, kind }: StoredVersion): boolean {
  const who = c.get('principal');
  if ('store' in who) return stores?.includes(who.store) ?? true;
  return who.scope === 'admin' || kind !== 'commands';
}

function badNumber(c: Context, name: string): Response {
  return problem(c, 400, 'bad_query', {
    en: `${name} is a number of a version`,
    zh: `${name} 应为版本号`,
  });
}

/** The answer for a number that was never published, or is for others. */
export function unknownVersion(c: Context): Response {
  const what = `version ${c.req.param('version') ?? ''}`;
  return problem(c, 404, 'unknown_version', notFound(what));
}
