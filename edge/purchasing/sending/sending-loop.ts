/**
 * Works off the messages to suppliers: one at a time to each address, again with growing pauses, until
 * the other side accepts, refuses, or it is too late. An attempt is noted before it is made, and a
 * message carries the same id each time: after a crash it is sent again rather than lost.
 */
import type { Log } from '../../runtime/log.ts';
import type { Ports, Timer } from '../../runtime/ports.ts';
import type { OrderPdf } from '../order-papers.ts';
import { type StepParts, takeStep } from '../order-steps.ts';
import type { OrderView } from '../order-view.ts';
import type { Orders } from '../orders.ts';
import { addressOf, type SendingSettings, shownTarget } from './channels.ts';
import { hideSecrets } from './hide-secrets.ts';
import { type Message, messageId, type Outcome } from './message.ts';
import { whyFailed } from './post-json.ts';
import { sendChat } from './send-chat.ts';
import { sendMail } from './send-mail.ts';
import { sendWebhook } from './send-webhook.ts';
import { PAUSE_MAX_MS, type SendingStore, type StoredSending } from './sending-store.ts';

/** What the loop works with. */
export type SendingParts = StepParts & {
  readonly orders: Orders;
  readonly sendings: SendingStore;
  readonly settings: SendingSettings;
  readonly papers: { readonly pdf: OrderPdf | undefined };
  /** Who orders. */
  readonly from: () => Message['store'];
  readonly ports: Ports;
  readonly log: Log;
  /** Something moved on: the screens are told. */
  readonly changed: () => void;
};

/** The loop: nothing happens before `start`. */
export type SendingLoop = {
  /** Starts what is due. */
  round(): void;
  start(): Timer;
  /** Ends what is on its way; it waits for the next start. */
  close(): Promise<void>;
};

const ROUND_MS = 500;
const TIMEOUT_MS = 10_000;
/** Mail servers look a message through before they answer; who hangs up on one sends it twice. */
const MAIL_TIMEOUT_MS = 60_000;
const PAUSES_MS = [2_000, 5_000, 15_000, 60_000] as const;
const LAST_PAUSE_MS = 300_000;
/** Robots of DingTalk and WeCom are muted when they get more than 20 messages a minute. */
const CHAT_PAUSE_MS = 3_100;
const AT_ONCE = 50;

/** Opens the loop over the messages that wait. */
export function openSendingLoop(parts: SendingParts): SendingLoop {
  const { ports, sendings } = parts;
  const running = new Map<string, Promise<void>>();
  const quietUntil = new Map<string, number>();
  const ends = new AbortController();

  /** A full disk must not end the box; what could not be stored comes again, not at once. */
  function guarded(lane: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      quietUntil.set(lane, ports.mono() + LAST_PAUSE_MS);
      parts.log.error({ err: error }, 'messages to suppliers');
    }
  }

  function begin(sending: StoredSending, lane: string): void {
    const order = parts.orders.get(sending.order);
    if (!order || isTooLate(parts, sending)) return;
    sendings.attempted(sending.id);
    const work = attempt(parts, sending, order, ends.signal).then((outcome) => {
      running.delete(lane);
      if (sending.channel === 'chat') quietUntil.set(lane, ports.mono() + CHAT_PAUSE_MS);
      if (!ends.signal.aborted) guarded(lane, () => settle(parts, sending.id, outcome));
    });
    running.set(lane, work);
  }

  function round(): void {
    if (ends.signal.aborted) return;
    for (const sending of sendings.due(ports.now(), AT_ONCE)) {
      const lane = `${sending.channel} ${addressFor(parts, sending)}`;
      if (running.has(lane) || (quietUntil.get(lane) ?? 0) > ports.mono()) continue;
      guarded(lane, () => begin(sending, lane));
    }
  }

  return {
    round,
    start: () => ports.every(ROUND_MS, round),
    async close() {
      ends.abort('the box stops');
      await Promise.all(running.values());
    },
  };
}

function addressFor({ settings, store }: SendingParts, { order, target, channel }: StoredSending) {
  return channel === 'email'
    ? target
    : addressOf(settings, store.get(order)?.supplier ?? '', target);
}

/** A message that lay while the box was off is not sent when nobody expects it any more. */
function isTooLate(parts: SendingParts, sending: StoredSending): boolean {
  if (parts.ports.now() < sending.giveUpAt) return false;
  giveUp(parts, sending, sending.error ?? 'too late: the box was off');
  return true;
}

/** One attempt; never throws. */
async function attempt(
  parts: SendingParts,
  sending: StoredSending,
  order: OrderView,
  ended: AbortSignal,
): Promise<Outcome> {
  const { ports } = parts;
  const own = new AbortController();
  const most = sending.channel === 'email' ? MAIL_TIMEOUT_MS : TIMEOUT_MS;
  const timer = ports.after(most, () => own.abort(`no answer within ${most / 1_000} s`));
  const signal = AbortSignal.any([ended, own.signal]);
  const tried = { ...sending, address: addressFor(parts, sending) };
  try {
    return withoutSecrets(parts, await send(parts, tried, order, signal), tried);
  } catch (error) {
    const why = own.signal.aborted ? String(own.signal.reason) : whyFailed(error);
    return withoutSecrets(parts, { kind: 'later', error: why }, tried);
  } finally {
    timer.cancel();
  }
}

async function send(
  parts: SendingParts,
  sending: StoredSending & { readonly address: string },
  order: OrderView,
  signal: AbortSignal,
): Promise<Outcome> {
  const { settings, ports } = parts;
  const { what, channel, robot, address, language, revision } = sending;
  const id = messageId(order.order, revision, what);
  const message: Message = {
    id,
    what,
    channel,
    robot,
    address,
    language,
    order,
    store: parts.from(),
  };
  const secrets = settings.ofSupplier(order.supplier);
  if (channel === 'webhook') {
    const secret = secrets.webhookSecret ?? settings.webhookSecret;
    return sendWebhook(message, secret, ports.now(), signal);
  }
  if (channel === 'chat') {
    return sendChat(message, secrets.robotSecret ?? settings.robotSecret, ports.now(), signal);
  }
  const paper = what === 'order' ? await paperOf(parts, order, language) : undefined;
  const mail = {
    url: settings.smtpUrl,
    from: settings.mailFrom,
    timeoutMs: MAIL_TIMEOUT_MS,
    paper,
  };
  return sendMail(message, mail, signal);
}

/** An order must not wait for its paper: the text says the same. */
async function paperOf({ papers, log }: SendingParts, order: OrderView, language: 'zh' | 'en') {
  try {
    return await papers.pdf?.(order, language);
  } catch (error) {
    log.error({ err: error, order: order.order }, 'the page of an order could not be drawn');
    return undefined;
  }
}

function withoutSecrets(
  { settings, store }: SendingParts,
  outcome: Outcome,
  { order, target, address }: StoredSending & { readonly address: string },
): Outcome {
  if (outcome.kind === 'accepted') return outcome;
  const { webhookSecret, robotSecret } = settings.ofSupplier(store.get(order)?.supplier ?? '');
  const said = [webhookSecret, robotSecret].filter((one) => one !== undefined);
  const more = [
    ...said,
    settings.webhookSecret,
    settings.robotSecret,
    passwordIn(settings.smtpUrl),
  ];
  return { ...outcome, error: hideSecrets(outcome.error, address, target, more) };
}

function passwordIn(url: string): string {
  return URL.canParse(url) ? new URL(url).password : '';
}

/** What an attempt came to, in the tables and in the ledger. */
function settle(parts: SendingParts, id: number, outcome: Outcome): void {
  const { sendings, ports, log } = parts;
  const sending = sendings.get(id);
  if (!sending) return;
  const { order, channel, attempts } = sending;
  if (outcome.kind === 'accepted') {
    accepted(parts, sending);
    log.info({ order, channel, attempts }, 'a supplier has the order');
  } else if (sending.state === 'waiting') {
    const { error } = outcome;
    log.warn({ order, channel, attempts, error }, 'a message to a supplier did not arrive');
    const pause = PAUSES_MS[attempts - 1] ?? LAST_PAUSE_MS;
    const asked = Math.min(PAUSE_MAX_MS, outcome.kind === 'later' ? (outcome.afterMs ?? 0) : 0);
    const wait = outcome.kind === 'later' ? Math.max(pause, asked) : 0;
    const next = ports.now() + wait;
    if (outcome.kind === 'refused' || next >= sending.giveUpAt) giveUp(parts, sending, error);
    else sendings.later(id, next, error);
  }
  parts.changed();
}

/** Accepted counts even when somebody stopped it while it was on its way: the supplier has it. */
function accepted(parts: SendingParts, sending: StoredSending): void {
  const { ledger, sendings, store, ports } = parts;
  const now = ports.now();
  ledger.transact(() => {
    sendings.end(sending.id, 'sent', now, null);
    const order = store.get(sending.order);
    const goes = order?.step === 'approved' || order?.step === 'sent';
    if (!order || !goes || sending.what === 'cancel') return;
    if (sending.state !== 'waiting' || order.revision !== sending.revision) return;
    store.setStep(order.id, 'sent');
    const { revision } = order;
    const detail = { by: sending.channel, target: shownTarget(sending.target) };
    const history = [{ step: 'sent', detail }] as const;
    const step = { what: 'accepted', state: 'sent', revision, history } as const;
    takeStep(parts, order, step, { now }, { sending: sending.id });
  });
}

function giveUp(parts: SendingParts, sending: StoredSending, error: string): void {
  const { ledger, sendings, store, ports } = parts;
  const now = ports.now();
  ledger.transact(() => {
    sendings.end(sending.id, 'failed', now, error);
    const order = store.get(sending.order);
    if (!order) return;
    const { step: state, revision } = order;
    const detail = { by: sending.channel, target: shownTarget(sending.target), error };
    const history = [{ step: 'not_sent', detail }] as const;
    const step = { what: 'not_sent', state, revision, history } as const;
    takeStep(parts, order, step, { now }, { sending: sending.id, error });
  });
  parts.changed();
}
