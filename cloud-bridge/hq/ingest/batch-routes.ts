/** `POST /stores/{store}/batches`: the one door for what comes from the stores. */
import { type Context, Hono } from 'hono';
import type { HqEnv } from '../auth.ts';
import { openStoreFinder } from '../find-store.ts';
import { problem } from '../http/problem.ts';
import { ackOf } from '../lives/ack.ts';
import { LIVES_MAX } from '../lives/register-store.ts';
import type { HqParts, Store } from '../parts.ts';
import { openAdmission } from './admission.ts';
import { openCatalogHeads } from './catalog-heads.ts';
import { openCatalogNumbers } from './catalog-numbers.ts';
import { introduceStore } from './introduce-store.ts';
import { bodyOf, readBody, skipBody } from './read-body.ts';
import { type Misfit, type Taken, takeBatch } from './take-batch-store.ts';
import { openTeller } from './tell.ts';
import { type VerifiedBatch, verifyBatch } from './verify.ts';

export function batchRoutes(parts: HqParts): Hono<HqEnv> {
  const { db, ports, config, log } = parts;
  const app = new Hono<HqEnv>();
  const admission = openAdmission(config.admit, ports);
  const finder = openStoreFinder(parts);
  const catalogHead = openCatalogHeads(parts);
  const hearNumber = openCatalogNumbers(parts);
  const tell = openTeller(parts);
  const openedAt = ports.mono();
  /** Store and incarnation of batches that are being written. */
  const busy = new Set<string>();

  async function take(c: Context<HqEnv>, store: Store, verified: VerifiedBatch): Promise<Response> {
    const { batch } = verified;
    const key = `${store.code} ${batch.incarnation}`;
    if (busy.has(key)) return comeAgain(c, admission.retryAfterS());
    busy.add(key);
    try {
      const pool = await db.of(store.id);
      // Before its entries: what they have published gets a number that the stores will take.
      await hearNumber(store.code, batch.box?.catalogHead);
      const listeningS = (ports.mono() - openedAt) / 1_000;
      const outcome = await takeBatch(pool, store.id, verified, listeningS);
      if (outcome.what === 'unfit') return unverified(c, { code: 'bad_batch', why: outcome.why });
      if (outcome.what === 'full') {
        log.warn(
          { store: store.code, incarnation: batch.incarnation },
          'a store has too many lives',
        );
        return tooManyLives(c, store.code);
      }
      if (outcome.what !== 'taken') return refused(c, outcome);
      if (outcome.registered) await introduceStore(db.chain, store.id, batch.box);
      tell(store, outcome, batch);
      return c.json(ackOf({ ...answer(outcome), catalogHead: await catalogHead(store.code) }));
    } finally {
      busy.delete(key);
    }
  }

  function answer({ life, lives, wantBalances, takeover }: Taken) {
    return { life, lives, wantBalances, takeover, now: ports.now() };
  }

  app.post('/stores/:store/batches', async (c) => {
    const store = await finder(c);
    if (store instanceof Response) return store;
    const length = Number(c.req.header('content-length'));
    const leave = await admission.enter(Number.isInteger(length) ? length : undefined);
    if (leave === undefined) {
      await skipBody(bodyOf(c), ports);
      return comeAgain(c, admission.retryAfterS());
    }
    try {
      const body = await readBody(bodyOf(c), c.req.header('content-encoding'), ports);
      if (!body.ok) return problem(c, body.status, body.code, body.words);
      const verdict = verifyBatch(body.value);
      if (!verdict.ok) return unverified(c, verdict);
      return await take(c, store, verdict.verified);
    } finally {
      leave();
    }
  });
  return app;
}

function unverified(
  c: Context,
  { code, why, seq }: { readonly code: string; readonly why: string; readonly seq?: number },
): Response {
  const words = { en: why, zh: `该批数据不可用(${code}):${why}` };
  return problem(c, 422, code, words, seq === undefined ? {} : { seq });
}

function refused(c: Context, outcome: Misfit): Response {
  const { what, ...rest } = outcome;
  if (outcome.what === 'gap') {
    const words = {
      en: `entry ${outcome.expected} comes next: ask for the cursor and send from there`,
      zh: `下一条应为 ${outcome.expected}:请查询游标并从该处发送`,
    };
    return problem(c, 409, what, words, rest);
  }
  const words = {
    en: `entry ${outcome.seq} is another one here: a copy of this box has sold, or it was restored; it goes on as a life of its own`,
    zh: `第 ${outcome.seq} 条与总部不同:可能有本机的副本在营业,或已从备份恢复;请以新的运行实例继续`,
  };
  return problem(c, 409, what, words, rest);
}

function tooManyLives(c: Context, store: string): Response {
  return problem(c, 422, 'too_many_lives', {
    en: `store ${store} has had ${LIVES_MAX} boxes, and this one is new: find out why it is given a new name again and again, or send for another store; boxes that are known go on`,
    zh: `门店 ${store} 已有 ${LIVES_MAX} 个运行实例,本机又是新的:请查明为何反复产生新实例,或改用其他门店编号;已知的实例不受影响`,
  });
}

function comeAgain(c: Context, afterS: number): Response {
  c.header('retry-after', String(afterS));
  const words = {
    en: `other stores are being heard: come again in ${afterS} s`,
    zh: `正在处理其他门店的数据:请在 ${afterS} 秒后重试`,
  };
  return problem(c, 429, 'busy', words);
}
