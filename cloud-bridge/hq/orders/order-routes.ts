/** Orders that wait for head office, and what it decides about them. */
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { ORDER_CHANNELS } from '#recipes/contracts/order-command.ts';
import { type HqEnv, nameOf } from '../auth.ts';
import { type BoardParts, boardParts } from '../board/board-parts.ts';
import { instantText } from '../board/instants.ts';
import { readPast, type SpokenPast } from '../board/past.ts';
import {
  badCursor,
  cursorText,
  readCursor,
  readLimit,
  readStores,
  unknownStore,
} from '../board/query.ts';
import { publishCommands } from '../catalog/publish-commands.ts';
import { problem } from '../http/problem.ts';
import type { HqParts } from '../parts.ts';
import { decisionsOf, type Verb } from './decisions-store.ts';
import type { FoldedOrder } from './order-fold.ts';
import { standingState } from './order-fold.ts';
import { causesOf, cursorOf, findOrder, findOrders, orderViews } from './orders.ts';

const LIMIT_MAX = 500;
const LIMIT_USUAL = 100;

export function orderRoutes(hq: HqParts): Hono<HqEnv> {
  const parts = boardParts(hq);
  const app = new Hono<HqEnv>();

  app.get('/orders', (c) => list(parts, c));
  app.get('/orders/:store/:order', async (c) => {
    const found = await named(parts, c);
    if (found instanceof Response) return found;
    const [view] = await orderViews(parts, [found]);
    return c.json({ ...view, history: found.order.steps.map(historyOf) });
  });
  app.post('/orders/:store/:order/approve', (c) => decide(parts, c, 'approve'));
  app.post('/orders/:store/:order/reject', (c) => decide(parts, c, 'reject'));
  return app;
}

function historyOf({ at, ...step }: FoldedOrder['steps'][number]) {
  return { ...step, at: instantText(at) };
}

const cursorSchema = z.object({ at: z.int(), store: z.int(), id: z.string() });

async function list(parts: BoardParts, c: Context<HqEnv>): Promise<Response> {
  const states = (c.req.query('state') ?? 'waiting') === 'all' ? undefined : ['submitted'];
  const text = c.req.query('cursor') ?? '';
  const after = cursorSchema.safeParse(text === '' ? undefined : readCursor(text));
  if (text !== '' && !after.success) return badCursor(c);
  const pasts = await readStores(c, parts);
  if (pasts instanceof Response) return pasts;
  const limit = readLimit(c, LIMIT_MAX, LIMIT_USUAL);
  const found = await findOrders(parts, pasts, states, after.data, limit);
  const last = found.at(-1);
  const next = found.length < limit || last === undefined ? null : cursorText(cursorOf(last));
  return c.json({ orders: await orderViews(parts, found), next });
}

type Named = { readonly past: SpokenPast; readonly order: FoldedOrder };

/** The order that the path names, or why there is none. */
async function named(parts: BoardParts, c: Context<HqEnv>): Promise<Named | Response> {
  const code = c.req.param('store') ?? '';
  const past = await readPast(parts, code);
  if (past === undefined) return unknownStore(c, code);
  const id = c.req.param('order') ?? '';
  const { main } = past;
  const order = main && (await findOrder(parts, { ...past, main }, id));
  if (main === undefined || order === undefined) {
    return problem(c, 404, 'unknown_order', {
      en: `store ${code} has no order ${id}`,
      zh: `门店 ${code} 没有订单 ${id}`,
    });
  }
  return { past: { ...past, main }, order };
}

const approveSchema = z.strictObject({
  send: z.strictObject({ by: z.enum(ORDER_CHANNELS) }).optional(),
});
const rejectSchema = z.strictObject({ reason: z.string().min(1).max(200) });
/** Body of a decision by its verb. */
export const DECISION_SCHEMAS = { approve: approveSchema, reject: rejectSchema } as const;

/**
 * Sends the decision down as a command of the person who made it. The store carries it out, and its
 * ledger says so: until then the order stays in the list, with what was decided.
 */
async function decide(parts: BoardParts, c: Context<HqEnv>, verb: Verb): Promise<Response> {
  const body: unknown = (await c.req.text()) === '' ? {} : await c.req.json().catch(() => null);
  const said = DECISION_SCHEMAS[verb].safeParse(body);
  if (!said.success) return badDecision(c, verb, said.error);
  const found = await named(parts, c);
  if (found instanceof Response) return found;
  const { past, order } = found;
  const state = standingState(order);
  if (state !== 'submitted') return notWaiting(c, state);
  const cause = await freeCause(parts, past.store.code, order, verb);
  if (cause === 'decided') return decidedBefore(c);
  const actor = `hq:${nameOf(c.get('principal'))}`;
  const { version, fresh } = await publishCommands(parts, {
    commands: [{ kind: `order.${verb}`, actor, data: { order: order.order, ...said.data } }],
    stores: [past.store.code],
    actor,
    cause,
  });
  const data = { order: order.order, verb, version };
  if (fresh) parts.wire.tell({ kind: 'order', store: past.store.code, data });
  const [view] = await orderViews(parts, [found]);
  return c.json({ version, order: view }, fresh ? 202 : 200);
}

/**
 * The cause of this decision: the one under which it was made already, or, when the store refused that,
 * the next. `decided`: the other was decided and the store has not refused it.
 */
async function freeCause(
  { db }: BoardParts,
  store: string,
  order: FoldedOrder,
  verb: Verb,
): Promise<string | 'decided'> {
  const causes = causesOf(store, order);
  const made = await decisionsOf(
    db.chain,
    causes.map(({ cause }) => cause),
  );
  const open = made.filter(({ decision }) => decision.state !== 'refused');
  const own = causes.filter((one) => one.verb === verb).map(({ cause }) => cause);
  const again = open.find(({ cause }) => own.includes(cause));
  if (again !== undefined) return again.cause;
  if (open.length > 0) return 'decided';
  const used = new Set(made.map(({ cause }) => cause));
  return own.find((cause) => !used.has(cause)) ?? 'decided';
}

function notWaiting(c: Context, state: string): Response {
  const words = {
    en: `the order does not wait for a decision: it is ${state}`,
    zh: `该订单不在待审批状态:当前为 ${state}`,
  };
  return problem(c, 409, 'order_state', words, { state });
}

function decidedBefore(c: Context): Response {
  return problem(c, 409, 'decided', {
    en: 'this order was decided already; the store carries that out first',
    zh: '该订单已作出决定,门店将先执行该决定',
  });
}

function badDecision(c: Context, verb: Verb, error: z.ZodError): Response {
  const problems = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const words =
    verb === 'reject'
      ? {
          en: 'say why: {"reason": "…"}, up to 200 letters',
          zh: '请填写原因:{"reason": "…"},最多 200 字',
        }
      : { en: 'nothing, or {"send": {"by": "…"}}', zh: '请求体应为空,或 {"send": {"by": "…"}}' };
  return problem(c, 400, 'bad_body', words, { problems });
}
