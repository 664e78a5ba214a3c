/** What the parts of head office share. Each route, loop and store takes what it needs of it. */
import type { Pool } from 'pg';
import type { Registry } from 'prom-client';
import type { Log } from '../../edge/runtime/log.ts';
import type { Ports } from '../../edge/runtime/ports.ts';
import type { HqConfig } from './config.ts';

/** The databases: one server, or a coordinator and the shards that have the stores. */
export type Databases = {
  /** Tables of the chain, and reading across stores. */
  readonly chain: Pool;
  /** Where the rows of a store are. */
  of(store: number): Promise<Pool>;
  /** Every server that has rows of stores. */
  readonly shards: readonly Pool[];
};

/** A store as head office knows it. */
export type Store = {
  readonly id: number;
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly role: 'store' | 'kitchen';
  readonly timezone: string | null;
};

/** What is told to open boards and to webhooks as it happens, across receivers. */
export type ChainEvent = {
  readonly kind: string;
  readonly store: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** Who hears what happens, in this receiver and (over PostgreSQL's NOTIFY) in the others. */
export type Wire = {
  /** Heard here at once and elsewhere a moment later. `data` must stay small: below 7,000 bytes of JSON. */
  tell(event: ChainEvent): void;
  listen(hear: (event: ChainEvent) => void): () => void;
};

export type HqParts = {
  readonly config: HqConfig;
  readonly log: Log;
  readonly ports: Ports;
  readonly db: Databases;
  readonly wire: Wire;
  readonly adminToken: string;
  /** For `/metrics`; each part registers its own figures. */
  readonly metrics: Registry;
};
