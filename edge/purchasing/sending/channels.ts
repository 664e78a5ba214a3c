/** Which ways lead to a supplier: what its page in the book says, and what is set up on this box for it. */
import { Webhook } from 'standardwebhooks';
import type { OrderChannel } from '#recipes/contracts/order-command.ts';
import type { SupplierInfo } from '#recipes/kitchen-types.ts';
import type { Refusal } from '../../commands/execute.ts';
import { refuse } from '../../refuse.ts';
import type { MessageChannel, Robot } from './sending-store.ts';

/** Secrets of one supplier, from secrets.json; they go before those of the configuration. */
export type SupplierSecrets = {
  /** `whsec_…`: signs webhooks (Standard Webhooks). */
  readonly webhookSecret?: string | undefined;
  /** Signs messages to a DingTalk or Feishu robot. */
  readonly robotSecret?: string | undefined;
  /** Where to, when the address itself is a secret; the book then says a name. */
  readonly address?: string | undefined;
};

/** What is set up on this box for messages; empty texts = not set up. */
export type SendingSettings = {
  /** `smtp://USER:PASSWORD@HOST:PORT`; empty = no e-mail. */
  readonly smtpUrl: string;
  readonly mailFrom: string;
  readonly webhookSecret: string;
  readonly robotSecret: string;
  readonly ofSupplier: (supplier: string) => SupplierSecrets;
};

/** A way that works. */
export type Channel = {
  readonly by: MessageChannel;
  readonly robot: Robot | null;
  /** As in the book. */
  readonly target: string;
};

/** Finds the ways to a supplier. */
export type Channels = {
  /** The way to this supplier, or why there is none. */
  find(id: string, supplier: SupplierInfo | undefined, by: OrderChannel): Channel | Refusal;
  /** All that would work now; telephone always does. */
  available(id: string, supplier: SupplierInfo | undefined): OrderChannel[];
};

/** @param prints whether there is a print queue */
export function openChannels(settings: SendingSettings, prints: () => boolean): Channels {
  function find(id: string, supplier: SupplierInfo | undefined, by: OrderChannel) {
    const way = supplier?.send.find((one) => one.by === by);
    if (!way) {
      return refuse(
        'no_channel',
        `by: the book has no ${by} address for supplier "${id}"; add it under send, or choose another way`,
        `by:配方册中供应商“${id}”没有 ${by} 地址;请在 send 中添加,或换一种方式`,
      );
    }
    const lacking = lackOf(settings, id, way);
    if (lacking !== undefined) {
      return refuse(
        'channel_not_set_up',
        `by: ${by} needs ${lacking}`,
        `by:${by} 尚未配置:${lacking}`,
      );
    }
    return { by: way.by, robot: way.robot ?? null, target: way.to };
  }

  return {
    find,
    available(id, supplier) {
      const ways: OrderChannel[] = supplier?.store === undefined ? [] : ['chain'];
      if (prints()) ways.push('print');
      for (const by of ['email', 'webhook', 'chat'] as const) {
        if (supplier && !('ok' in find(id, supplier, by))) ways.push(by);
      }
      return [...ways, 'hand'];
    },
  };
}

/** Where a message really goes. */
export function addressOf(settings: SendingSettings, supplier: string, target: string): string {
  return settings.ofSupplier(supplier).address ?? target;
}

/** An address without what may be a secret in it: credentials and the query. */
export function shownTarget(target: string): string {
  if (!/^https?:/i.test(target) || !URL.canParse(target)) return target;
  const { origin, pathname, search } = new URL(target);
  // Feishu writes the token of a robot into the path.
  const path = pathname.replace(/\/hook\/.+$/, '/hook/…');
  return `${origin}${path}${search === '' ? '' : '?…'}`;
}

/** What is missing for this way, in words both languages share: names of keys. */
function lackOf(
  settings: SendingSettings,
  id: string,
  way: SupplierInfo['send'][number],
): string | undefined {
  if (way.by === 'email') {
    if (settings.smtpUrl === '') return 'LARDER_SMTP_URL (mail.url)';
    return settings.mailFrom === '' ? 'LARDER_MAIL_FROM (mail.from)' : undefined;
  }
  const address = addressOf(settings, id, way.to);
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
    return `https://… (book: suppliers.${id}.send.to; secrets.json: suppliers.${id}.address)`;
  }
  if (way.by === 'chat')
    return way.robot === undefined ? 'robot: wecom, dingtalk, feishu' : undefined;
  const secret = settings.ofSupplier(id).webhookSecret ?? settings.webhookSecret;
  if (isWebhookSecret(secret)) return undefined;
  return `whsec_… (LARDER_WEBHOOK_SECRET; secrets.json: suppliers.${id}.webhookSecret)`;
}

function isWebhookSecret(secret: string): boolean {
  if (secret === '') return false;
  try {
    new Webhook(secret);
    return true;
  } catch {
    return false;
  }
}
