/** `/transfers`, `/requisitions`: goods between stores, and what they ask of each other. */
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { isDay } from '#recipes/time/business-day.ts';
import { type HqEnv, nameOf } from '../auth.ts';
import { badCursor, cursorText, readCursor, readLimit } from '../board/query.ts';
import { publish } from '../catalog/publish.ts';
import { notFound, problem } from '../http/problem.ts';
import type { HqParts } from '../parts.ts';
import { readDemand } from './demand.ts';
import type { Transfer, TransferState } from './fold-transfer.ts';
import { readTransfers } from './read-transfers.ts';
import { listRequisitions } from './requisition-store.ts';
import { changeTransfer, readTransfer, transfersOfRequisitions } from './transfer-store.ts';
import { requisitionView, transferView } from './transfer-view.ts';

const STATES: readonly TransferState[] = [
  'announced',
  'in_transit',
  'received',
  'cancelled',
  'disputed',
];
/** No number of a transfer or of a requisition is longer. */
const CURSOR_ID_MAX = 200;
const LISTED = 200;
const LISTED_MAX = 1_000;
const NOTE_MAX = 400;
/** Of both lists: when, and which. */
const cursorSchema = z.object({ at: z.int(), id: z.string().max(CURSOR_ID_MAX) });

export function transferRoutes(parts: HqParts): Hono<HqEnv> {
  const { chain } = parts.db;
  const app = new Hono<HqEnv>();

  app.get('/transfers', async (c) => {
    const said = (c.req.query('state') ?? 'all').split(',');
    const all = said.length === 1 && said[0] === 'all';
    const states = said.filter((one): one is TransferState =>
      STATES.includes(one as TransferState),
    );
    if (!all && states.length !== said.length) return badState(c);
    const after = cursorIn(c);
    if (after === 'bad') return badCursor(c);
    const store = c.req.query('store') || undefined;
    const limit = readLimit(c, LISTED_MAX, LISTED);
    const query = { states: all ? undefined : states, store, after, limit };
    return c.json(await readTransfers(parts, query));
  });

  app.get('/transfers/:transfer', async (c) => {
    const id = c.req.param('transfer');
    const row = await readTransfer(chain, id);
    return row ? c.json(transferView(row)) : unknownTransfer(c, id);
  });

  app.post('/transfers/:transfer/settle', async (c) => {
    const id = c.req.param('transfer');
    const body = (await c.req.json().catch(() => null)) as { readonly note?: unknown } | null;
    const said = typeof body?.note === 'string' ? body.note : null;
    const note = said?.slice(0, NOTE_MAX).toWellFormed() ?? null;
    const settled = {
      by: nameOf(c.get('principal')),
      at: new Date(parts.ports.now()).toISOString(),
      note,
    };
    let before: Transfer | undefined;
    const after = await changeTransfer(chain, id, async (row) => {
      before = row;
      if (row?.state !== 'disputed') return undefined;
      const settledRow: Transfer = { ...row, state: 'received', settled };
      // Before it is written: who asks again after a fault is not told that it is settled already.
      await sendSettled(parts, settledRow, settled.by);
      return settledRow;
    });
    if (!before) return unknownTransfer(c, id);
    if (!after) return notDisputed(c, before);
    const { from, to, state } = after;
    parts.wire.tell({ kind: 'transfer', store: from, data: { transfer: id, from, to, state } });
    return c.json(transferView(after));
  });

  app.get('/requisitions', async (c) => {
    const on = c.req.query('on');
    if (on !== undefined && !isDay(on)) return badDay(c);
    const after = cursorIn(c);
    if (after === 'bad') return badCursor(c);
    const store = c.req.query('store') || undefined;
    const limit = readLimit(c, LISTED_MAX, LISTED);
    const rows = await listRequisitions(chain, { store, on, after, limit });
    const sent = await transfersOfRequisitions(
      chain,
      rows.map(({ id }) => id),
    );
    const of = (id: string) => sent.filter(({ requisition }) => requisition === id);
    const last = rows.length < limit ? undefined : rows.at(-1);
    const next = last === undefined ? null : cursorText({ at: last.at, id: last.id });
    return c.json({ requisitions: rows.map((row) => requisitionView(row, of(row.id))), next });
  });

  app.get('/requisitions/demand', async (c) => {
    const on = c.req.query('on');
    return on !== undefined && !isDay(on) ? badDay(c) : c.json(await readDemand(parts, on));
  });

  return app;
}

async function sendSettled(parts: HqParts, row: Transfer, actor: string): Promise<void> {
  const { id, from, to, state, received, sentStep, gotStep } = row;
  const payload = { what: 'state', transfer: id, state, received };
  const cause = `transfer:${id}:settled:${sentStep}.${gotStep}`;
  await publish(parts, { kind: 'transfer', stores: [from, to], payload, cause, actor });
}

/** Where the page before ended; undefined = this is the first. */
function cursorIn(c: Context<HqEnv>): z.infer<typeof cursorSchema> | undefined | 'bad' {
  const text = c.req.query('cursor') ?? '';
  if (text === '') return undefined;
  const read = cursorSchema.safeParse(readCursor(text));
  // What no text of the database can hold is of nobody's cursor.
  return read.success && !read.data.id.includes('\0') && read.data.id.isWellFormed()
    ? read.data
    : 'bad';
}

function unknownTransfer(c: Context<HqEnv>, id: string): Response {
  return problem(c, 404, 'unknown_transfer', notFound(`transfer ${id}`));
}

function notDisputed(c: Context<HqEnv>, { id, state }: Transfer): Response {
  return problem(c, 409, 'not_disputed', {
    en: `nothing differs about transfer ${id}; its state is ${state}`,
    zh: `调拨 ${id} 没有差异;当前状态为 ${state}`,
  });
}

function badState(c: Context<HqEnv>): Response {
  return problem(c, 400, 'bad_state', {
    en: `state is all, or some of ${STATES.join(', ')} with commas between them`,
    zh: `state 应为 all,或以逗号分隔的 ${STATES.join('、')}`,
  });
}

function badDay(c: Context<HqEnv>): Response {
  return problem(c, 400, 'bad_date', {
    en: 'on is a day such as 2026-11-23',
    zh: 'on 应为日期,例如 2026-11-23',
  });
}
