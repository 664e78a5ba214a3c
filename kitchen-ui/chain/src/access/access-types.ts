/** Who may read or do what, and who is told. */

export type Scope = 'admin' | 'read' | 'wall';

export type TokenRow = {
  readonly id: number;
  readonly name: string;
  readonly scope: Scope;
  readonly createdAt: string;
  readonly usedAt: string | null;
  readonly revokedAt: string | null;
};
export type TokensAnswer = { readonly tokens: readonly TokenRow[] };
/** The token itself is said this once. */
export type MadeToken = {
  readonly id: number;
  readonly name: string;
  readonly scope: Scope;
  readonly token: string;
};

/** Null: the token it has still holds. */
export type MadeStore = { readonly store: string; readonly token: string | null };

export type WebhookRow = {
  readonly id: number;
  readonly url: string;
  readonly events: readonly string[];
  readonly note: string | null;
  readonly createdAt: string;
  /** Since when nothing has got through; null = the last delivery did. */
  readonly failingSince: string | null;
  readonly disabledAt: string | null;
};
export type WebhooksAnswer = {
  readonly webhooks: readonly WebhookRow[];
  /** What may be asked for, in words. */
  readonly eventTypes: Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
};
/** The secret is said this once. */
export type MadeWebhook = WebhookRow & { readonly secret: string };

export type DeliveryRow = {
  readonly id: string;
  readonly event: string;
  readonly state: 'waiting' | 'done' | 'failed';
  readonly attempts: number;
  readonly nextAt: string | null;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly error: string | null;
};
export type DeliveriesAnswer = { readonly deliveries: readonly DeliveryRow[] };
