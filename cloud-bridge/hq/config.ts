/** Settings of head office, of the environment only: it runs where nobody edits files. */

export type HqConfig = {
  /** Secrets, and the embedded database where there is one. */
  readonly data: string;
  readonly host: string;
  readonly port: number;
  /** `postgres://…`; empty = the embedded server in `data`. */
  readonly databaseUrl: string;
  /** `postgres://…` of each shard; empty = everything is in `databaseUrl`. */
  readonly shards: readonly string[];
  /** Batches that are worked on at once; others are asked to come again. */
  readonly admit: number;
  readonly logLevel: string;
};
