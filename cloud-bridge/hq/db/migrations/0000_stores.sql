-- What comes from the stores. `store` leads every key, so that all of it shards on that one column:
-- sharding.md says how. No statement here reads two stores.
--
-- A life is an incarnation of a store's box. A restored or copied box goes on as another life, which
-- has its parent's entries up to fork_seq; state: main, second, sealed. It begins with rows of its own
-- of what those entries left: balances, flows, day totals, items, lots, books. So entries are read along
-- the parents, and everything else of one life.
CREATE TABLE life (
  store INTEGER NOT NULL,
  id SMALLINT NOT NULL,
  incarnation TEXT NOT NULL,
  parent SMALLINT,
  fork_seq BIGINT NOT NULL DEFAULT 0,
  fork_events BIGINT NOT NULL DEFAULT 0,
  why TEXT,
  state TEXT NOT NULL,
  since TIMESTAMPTZ NOT NULL DEFAULT now(),
  seq BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  digest TEXT NOT NULL,
  -- How far the tables beside the ledger were read.
  items INTEGER NOT NULL DEFAULT 0,
  lots BIGINT NOT NULL DEFAULT 0,
  books INTEGER NOT NULL DEFAULT 0,
  events BIGINT NOT NULL DEFAULT 0,
  -- Balances that differ; NULL = not compared yet. At which sequence, and when.
  differences INTEGER,
  compared_seq BIGINT,
  compared_at TIMESTAMPTZ,
  -- [{item, place, lot, hq, box}], at most 100, and when they were named.
  differing JSONB,
  named_at TIMESTAMPTZ,
  refold JSONB,
  seen_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  -- The box's newest entry, and since when head office is behind it.
  head_seq BIGINT NOT NULL DEFAULT 0,
  behind_since TIMESTAMPTZ,
  box JSONB,
  PRIMARY KEY (store, id),
  UNIQUE (store, incarnation)
) WITH (fillfactor = 50);
--> statement-breakpoint
-- An entry as it was hashed. `moves` is the tail of that text, `line,item,lot,from,to,amount;` each:
-- a row for every move takes three times the space and twice the time.
CREATE TABLE entry (
  store INTEGER NOT NULL,
  life SMALLINT NOT NULL,
  seq BIGINT NOT NULL,
  kind SMALLINT NOT NULL,
  event BIGINT,
  sale BIGINT,
  reverses BIGINT,
  book INTEGER,
  day INTEGER NOT NULL,
  occurred_at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  command TEXT,
  actor TEXT,
  note TEXT,
  hash BYTEA NOT NULL,
  moves TEXT NOT NULL,
  PRIMARY KEY (store, life, seq)
);
--> statement-breakpoint
-- What people did, and what was taken back at the till, told apart from the sales (kind 1) without
-- reading those.
CREATE INDEX entry_by_hand ON entry (store, life, kind, day) WHERE kind > 1;
--> statement-breakpoint
-- The newest of what people did.
CREATE INDEX entry_hand ON entry (store, life, seq) WHERE kind > 4;
--> statement-breakpoint
CREATE INDEX entry_reversal ON entry (store, life, reverses) WHERE reverses IS NOT NULL;
--> statement-breakpoint
CREATE TABLE balance (
  store INTEGER NOT NULL,
  life SMALLINT NOT NULL,
  item INTEGER NOT NULL,
  place SMALLINT NOT NULL,
  lot BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (store, life, item, place, lot)
) WITH (fillfactor = 50);
--> statement-breakpoint
-- How much of an item went from one place to another on a business day: what reports are made of.
CREATE TABLE flow (
  store INTEGER NOT NULL,
  life SMALLINT NOT NULL,
  day INTEGER NOT NULL,
  item INTEGER NOT NULL,
  src SMALLINT NOT NULL,
  dst SMALLINT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (store, life, day, item, src, dst)
) WITH (fillfactor = 50);
--> statement-breakpoint
-- How many entries of a kind a business day has, and how many of them opened a sale (their event is
-- the sale's). Written with the entries.
CREATE TABLE day_total (
  store INTEGER NOT NULL,
  life SMALLINT NOT NULL,
  day INTEGER NOT NULL,
  kind SMALLINT NOT NULL,
  entries INTEGER NOT NULL,
  sales INTEGER NOT NULL,
  PRIMARY KEY (store, life, day, kind)
) WITH (fillfactor = 50);
--> statement-breakpoint
-- How far what people did was read, for orders and webhooks: in step with their effects, so each entry
-- has them once.
CREATE TABLE reading (
  store INTEGER NOT NULL,
  life SMALLINT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (store, life)
);
--> statement-breakpoint
-- Up to which business day other programs were told that it is over and all here.
CREATE TABLE day_told (
  store INTEGER PRIMARY KEY,
  day INTEGER NOT NULL
);
--> statement-breakpoint
-- A purchase order as its entries up to `seq` say, the newest of them at `at`.
CREATE TABLE purchase (
  store INTEGER NOT NULL,
  life SMALLINT NOT NULL,
  id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  state TEXT NOT NULL,
  said JSONB NOT NULL,
  PRIMARY KEY (store, life, id)
);
--> statement-breakpoint
CREATE INDEX purchase_waiting ON purchase (store, life) WHERE state = 'submitted';
--> statement-breakpoint
CREATE INDEX purchase_recent ON purchase (at);
--> statement-breakpoint
CREATE TABLE item (
  store INTEGER NOT NULL,
  life SMALLINT NOT NULL,
  id INTEGER NOT NULL,
  code TEXT NOT NULL,
  unit TEXT NOT NULL,
  PRIMARY KEY (store, life, id)
);
--> statement-breakpoint
CREATE TABLE lot (
  store INTEGER NOT NULL,
  life SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  item INTEGER NOT NULL,
  code TEXT NOT NULL,
  supplier TEXT,
  entry BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  -- Of the whole amount, ten-thousandths of the currency.
  cost BIGINT,
  received_at BIGINT NOT NULL,
  produced_at BIGINT,
  expires_at BIGINT,
  parent BIGINT,
  PRIMARY KEY (store, life, id)
);
--> statement-breakpoint
CREATE TABLE book (
  store INTEGER NOT NULL,
  life SMALLINT NOT NULL,
  version INTEGER NOT NULL,
  entry BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  adopted_at BIGINT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (store, life, version)
);
--> statement-breakpoint
-- What happened in the words in which it came in, as the box packed it: opaque here, given back to the
-- box that goes on when another life of it is lost.
CREATE TABLE segment (
  store INTEGER NOT NULL,
  life SMALLINT NOT NULL,
  id INTEGER NOT NULL,
  from_seq BIGINT NOT NULL,
  to_seq BIGINT NOT NULL,
  from_event BIGINT NOT NULL,
  to_event BIGINT NOT NULL,
  facts BYTEA NOT NULL,
  PRIMARY KEY (store, life, id)
);
--> statement-breakpoint
-- How far a life has taken over the facts of another.
CREATE TABLE takeover (
  store INTEGER NOT NULL,
  life SMALLINT NOT NULL,
  of SMALLINT NOT NULL,
  segment INTEGER NOT NULL,
  PRIMARY KEY (store, life, of)
);
--> statement-breakpoint
-- Entries whose effect goes beyond their store (transfers, requisitions, what became of the catalog),
-- written with them and worked off by whoever has time.
CREATE TABLE chore (
  store INTEGER NOT NULL,
  life SMALLINT NOT NULL,
  seq BIGINT NOT NULL,
  kind SMALLINT NOT NULL,
  PRIMARY KEY (store, life, seq)
);
