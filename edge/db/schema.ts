/**
 * The tables as drizzle sees them, for the queries that are not on the hot path. The SQL migrations
 * decide (STRICT, triggers and checks cannot be said here); a test compares this mirror with them.
 */
import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const entryTable = sqliteTable('entry', {
  seq: integer().primaryKey(),
  kind: integer().notNull(),
  event: integer(),
  sale: integer(),
  reverses: integer(),
  book: integer(),
  day: integer().notNull(),
  occurredAt: integer('occurred_at').notNull(),
  recordedAt: integer('recorded_at').notNull(),
  command: text(),
  actor: text(),
  note: text(),
  hash: blob({ mode: 'buffer' }).notNull(),
});

export const moveTable = sqliteTable('move', {
  id: integer().primaryKey(),
  line: integer().notNull(),
  item: integer().notNull(),
  lot: integer().notNull(),
  src: integer().notNull(),
  dst: integer().notNull(),
  amount: integer().notNull(),
});

export const lotTable = sqliteTable('lot', {
  id: integer().primaryKey(),
  item: integer().notNull(),
  code: text().notNull(),
  supplier: text(),
  entry: integer().notNull(),
  amount: integer().notNull(),
  cost: integer(),
  receivedAt: integer('received_at').notNull(),
  producedAt: integer('produced_at'),
  expiresAt: integer('expires_at'),
  openedAt: integer('opened_at'),
  parent: integer(),
});

export const eventTable = sqliteTable('event', {
  id: integer().primaryKey(),
  terminal: integer().notNull(),
  eventId: text('event_id').notNull(),
  receivedAt: integer('received_at').notNull(),
  status: integer().notNull(),
  type: integer().notNull(),
  applied: integer().notNull(),
  held: integer().notNull(),
  moves: integer().notNull(),
  attempts: integer().notNull(),
  source: text(),
  reasons: text(),
  body: blob({ mode: 'buffer' }).notNull(),
});

export const saleTable = sqliteTable('sale', {
  id: integer().primaryKey(),
  terminal: integer().notNull(),
  saleId: text('sale_id').notNull(),
  event: integer().notNull(),
  revision: integer().notNull(),
  day: integer().notNull(),
  occurredAt: integer('occurred_at').notNull(),
  lineIds: text('line_ids'),
});

export const bookTable = sqliteTable('book', {
  version: integer().primaryKey(),
  entry: integer().notNull(),
  validFrom: integer('valid_from').notNull(),
  adoptedAt: integer('adopted_at').notNull(),
  hash: text().notNull(),
  document: text().notNull(),
});

export const skuMapTable = sqliteTable('sku_map', {
  entry: integer().primaryKey(),
  sku: text().notNull(),
  recipe: text(),
});

export const conflictTable = sqliteTable('conflict', {
  id: integer().primaryKey(),
  event: integer().notNull(),
  receivedAt: integer('received_at').notNull(),
  dismissed: integer().notNull().default(0),
  digest: text().notNull(),
  body: blob({ mode: 'buffer' }).notNull(),
});

export const dayCloseTable = sqliteTable('day_close', {
  event: integer().primaryKey(),
  terminal: integer().notNull(),
  day: integer().notNull(),
  totals: text().notNull(),
});

export const posMenuTable = sqliteTable('pos_menu', {
  terminal: integer().primaryKey(),
  event: integer().notNull(),
});

export const settingTable = sqliteTable('setting', {
  key: text().primaryKey(),
  value: text().notNull(),
});
