/** An order as a webhook: a CloudEvent, signed as Standard Webhooks 1.0 says. */
import { Webhook } from 'standardwebhooks';
import type { Message, Outcome } from './message.ts';
import { outcomeOf, post } from './post-json.ts';

/** Sends one message. @param now epoch milliseconds, part of what is signed */
export async function sendWebhook(
  message: Message,
  secret: string,
  now: number,
  signal: AbortSignal,
): Promise<Outcome> {
  const { id, address } = message;
  const body = JSON.stringify(eventOf(message, now));
  const signature = new Webhook(secret).sign(id, new Date(now), body);
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1_000)),
    'webhook-signature': signature,
  };
  return outcomeOf(await post(address, body, headers, signal, 'status'));
}

/** The whole order: nobody has to ask back. */
function eventOf({ id, what, order, store }: Message, now: number): object {
  const { supplier, supplierName, revision, deliverOn, arrivesAt, note, total, currency } = order;
  return {
    specversion: '1.0',
    id,
    source: `/stores/${store.id}`,
    type: what === 'cancel' ? 'larder.po.cancelled.v1' : 'larder.po.sent.v1',
    time: new Date(now).toISOString(),
    datacontenttype: 'application/json',
    data: {
      order: order.order,
      revision,
      store: { id: store.id, name: store.name },
      supplier: { id: supplier, name: supplierName },
      deliverOn,
      arrivesAt,
      note,
      total,
      currency,
      lines: order.lines.map(({ item, name, ordered, unit, packs, pack, price, amount }) => ({
        item,
        name,
        qty: ordered,
        unit,
        packs,
        pack,
        price,
        amount,
      })),
    },
  };
}
