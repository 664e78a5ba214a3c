/** Webhooks for ERP and accounting, as Standard Webhooks says; the secret is shown once. */
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { randomHex } from '../../../edge/runtime/ports.ts';
import type { HqEnv } from '../auth.ts';
import { readLimit } from '../board/query.ts';
import { badBody } from '../http/bad-body.ts';
import { notFound, problem } from '../http/problem.ts';
import type { HqParts } from '../parts.ts';
import { eventId } from './event-id.ts';
import { CHOSEN_TYPES, EVENT_TYPES, type EventType } from './event-types.ts';
import { isPrivateHost } from './private-address.ts';
import { DELIVERIES_EVENT } from './sending-loop.ts';
import {
  addDeliveries,
  changeWebhook,
  DELIVERY_STATES,
  deleteWebhook,
  findWebhook,
  insertWebhook,
  listDeliveries,
  listWebhooks,
  resendDelivery,
} from './webhook-store.ts';

const SECRET_BYTES = 24;
const LIMIT_MAX = 500;
const LIMIT_USUAL = 50;

const url = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((text) => !new URL(text).username, 'no user name in the address');
const events = z.array(z.enum(CHOSEN_TYPES as [EventType, ...EventType[]])).min(1);
const note = z.string().max(200);

/** Body of `POST /webhooks`. */
export const webhookSchema = z
  .strictObject({ url, events, note: note.optional() })
  .meta({ id: 'WebhookSaid' });
/** Body of `PATCH /webhooks/{webhook}`. */
export const webhookChangeSchema = z
  .strictObject({
    url: url.optional(),
    events: events.optional(),
    note: note.optional(),
    enabled: z.boolean().optional().meta({ description: 'true also forgets earlier failures' }),
  })
  .meta({ id: 'WebhookChange' });

export function webhookRoutes(parts: HqParts): Hono<HqEnv> {
  const { db, ports, wire } = parts;
  const app = new Hono<HqEnv>();
  const isAllowed = (address: string): boolean =>
    (parts.config.webhookPrivate ?? false) || !isPrivateHost(new URL(address).hostname);

  app.get('/webhooks', async (c) =>
    c.json({ webhooks: await listWebhooks(db.chain), eventTypes: EVENT_TYPES }),
  );

  app.post('/webhooks', async (c) => {
    const said = webhookSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!said.success) return badBody(c, said.error);
    if (!isAllowed(said.data.url)) return privateAddress(c);
    const bytes = Buffer.from(randomHex(ports, SECRET_BYTES), 'hex');
    const secret = `whsec_${bytes.toString('base64')}`;
    const row = { ...said.data, note: said.data.note ?? null, secret };
    return c.json({ ...(await insertWebhook(db.chain, row)), secret }, 201);
  });

  app.patch('/webhooks/:webhook', async (c) => {
    const said = webhookChangeSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!said.success) return badBody(c, said.error);
    if (said.data.url !== undefined && !isAllowed(said.data.url)) return privateAddress(c);
    const id = idOf(c);
    const changed = id === undefined ? undefined : await changeWebhook(db.chain, id, said.data);
    return changed === undefined ? unknownWebhook(c) : c.json(changed);
  });

  app.delete('/webhooks/:webhook', async (c) => {
    const id = idOf(c);
    if (id === undefined || !(await deleteWebhook(db.chain, id))) return unknownWebhook(c);
    return c.body(null, 204);
  });

  app.get('/webhooks/:webhook/deliveries', async (c) => {
    const id = idOf(c);
    if (id === undefined || !(await findWebhook(db.chain, id))) return unknownWebhook(c);
    const limit = readLimit(c, LIMIT_MAX, LIMIT_USUAL);
    const said = c.req.query('state') || undefined;
    const state = DELIVERY_STATES.find((one) => one === said);
    if (state !== said) return badState(c);
    return c.json({ deliveries: await listDeliveries(db.chain, id, state, limit) });
  });

  app.post('/webhooks/:webhook/deliveries/:delivery/resend', async (c) => {
    const id = idOf(c);
    if (id === undefined || !(await findWebhook(db.chain, id))) return unknownWebhook(c);
    const name = c.req.param('delivery');
    const due = await resendDelivery(db.chain, id, name);
    if (due === undefined) return problem(c, 404, 'unknown_delivery', notFound(`delivery ${name}`));
    wire.tell({ kind: DELIVERIES_EVENT, store: '*', data: {} });
    return c.json(due, 202);
  });

  app.post('/webhooks/:webhook/test', async (c) => {
    const id = idOf(c);
    if (id === undefined || !(await findWebhook(db.chain, id))) return unknownWebhook(c);
    const at = new Date(ports.now()).toISOString();
    const event = {
      id: eventId('webhook.test', id, randomHex(ports, 8)),
      type: 'webhook.test',
      at,
      data: { webhook: id, words: EVENT_TYPES['webhook.test'] },
    } as const;
    await addDeliveries(db.chain, [event], id);
    wire.tell({ kind: DELIVERIES_EVENT, store: '*', data: {} });
    return c.json({ id: event.id }, 202);
  });
  return app;
}

function idOf(c: Context): number | undefined {
  const id = Number(c.req.param('webhook'));
  return Number.isInteger(id) && id > 0 && id <= 2_147_483_647 ? id : undefined;
}

function unknownWebhook(c: Context): Response {
  return problem(c, 404, 'unknown_webhook', notFound(`webhook ${c.req.param('webhook')}`));
}

function badState(c: Context): Response {
  return problem(c, 400, 'bad_state', {
    en: `state is one of ${DELIVERY_STATES.join(', ')}`,
    zh: `state 应为 ${DELIVERY_STATES.join('、')} 之一`,
  });
}

function privateAddress(c: Context): Response {
  return problem(c, 422, 'private_address', {
    en: 'the address leads into a private network; set LARDER_HQ_WEBHOOK_PRIVATE=1 at head office if it is meant',
    zh: '该地址指向内网;如确有需要,请在总部设置 LARDER_HQ_WEBHOOK_PRIVATE=1',
  });
}
