import type { WordKey } from '#recipes/words/words.ts';
import { say } from '#recipes/words/words.ts';
import { inBoth } from '../goods/texts.ts';
import type { OrderFull } from '../order/order-types.ts';
import type { House } from '../state/context.ts';
import { errorText, refusalText } from '../state/error-text.ts';

/** What can be done with an order in a state; the first is the one that is wanted most. */
export type Act =
  | 'submit'
  | 'approve'
  | 'reject'
  | 'send'
  | 'cancel'
  | 'edit'
  | 'receive'
  | 'print';

const ACTS: Readonly<Record<string, readonly Act[]>> = {
  draft: ['approve', 'submit', 'edit', 'cancel'],
  submitted: ['approve', 'reject', 'edit', 'cancel'],
  approved: ['send', 'print', 'edit', 'cancel'],
  rejected: ['edit', 'cancel'],
  sent: ['receive', 'send', 'print', 'cancel'],
  partly_received: ['receive', 'print'],
  done: ['print'],
};

export function actsOf({ state }: Pick<OrderFull, 'state'>): readonly Act[] {
  return ACTS[state] ?? [];
}

/** Commands that a person gives for an order. */
export type OrderCommand =
  | 'order.submit'
  | 'order.approve'
  | 'order.reject'
  | 'order.send'
  | 'order.cancel'
  | 'order.edit';

/** What a command did: null = nobody proved to be a manager. */
export type Said = { readonly ok: boolean; readonly text: string } | null;

/** Sends a command for an order at once, asking for a manager when the box wants one. Never rejects. */
export async function tell(
  { session, passes, api, board }: House,
  order: string,
  kind: OrderCommand,
  more: object = {},
): Promise<Said> {
  const text = inBoth((lang) => say(lang, `orders.text.${kind}` satisfies WordKey, { order }));
  const bad = (reason: string) => ({ ok: false, text: session.say('orders.failed', { reason }) });
  try {
    const result = await passes.manage(api, { kind, data: { order, ...more } }, text);
    if (result === null) return null;
    const refusal = refusalText(session, result);
    if (refusal !== null) return bad(refusal);
    const done = session.say('orders.done', { text: text[session.lang] ?? '' });
    board.announce(done);
    return { ok: true, text: done };
  } catch (error) {
    return bad(errorText(session, error));
  }
}
