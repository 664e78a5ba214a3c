-- What belongs to the chain as a whole: one server, also when the stores are sharded.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
--> statement-breakpoint
CREATE TABLE store (
  id SERIAL PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name JSONB,
  -- store, or kitchen: what other stores may ask goods of.
  role TEXT NOT NULL DEFAULT 'store',
  timezone TEXT,
  -- Local hours in which silence is an alarm, HH:MM; NULL = always.
  opens TEXT,
  closes TEXT,
  token_hash TEXT UNIQUE,
  closed_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
--> statement-breakpoint
-- What may be read or done over the API: scope admin, read, wall (the board and nothing else).
CREATE TABLE token (
  id SERIAL PRIMARY KEY,
  name TEXT NOT NULL,
  scope TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  used_at TIMESTAMPTZ,
  revoked_at TIMESTAMPTZ
);
--> statement-breakpoint
-- Everything that was sent down to stores. `signed` is the text as it was signed.
CREATE TABLE catalog (
  version INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  stores TEXT[],
  valid_from TIMESTAMPTZ,
  published_at TIMESTAMPTZ NOT NULL,
  actor TEXT,
  note TEXT,
  -- Of which version it is the document again.
  rollback_of INTEGER,
  signed TEXT NOT NULL,
  signature TEXT NOT NULL,
  -- What must not be sent twice, whoever asks again.
  cause TEXT UNIQUE
);
--> statement-breakpoint
-- What became of a version in a store.
CREATE TABLE adoption (
  version INTEGER NOT NULL,
  store TEXT NOT NULL,
  state TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  detail JSONB,
  PRIMARY KEY (version, store)
);
--> statement-breakpoint
-- Goods between stores, folded from what the two boxes note of them: the newest word of each side, by the
-- step that it counts itself, in whatever order the words arrive.
CREATE TABLE transfer (
  id TEXT PRIMARY KEY,
  from_store TEXT NOT NULL,
  to_store TEXT NOT NULL,
  -- announced, in_transit, received, cancelled, disputed
  state TEXT NOT NULL,
  requisition TEXT,
  sent_at TIMESTAMPTZ,
  received_at TIMESTAMPTZ,
  -- What was sent; NULL while only the receiver has spoken.
  lines JSONB,
  received JSONB,
  note TEXT,
  -- send, restore, cancel; by which command it was sent.
  sent_what TEXT,
  sent_step INTEGER NOT NULL DEFAULT 0,
  sent_by TEXT,
  -- receive, again, reopen
  got_what TEXT,
  got_step INTEGER NOT NULL DEFAULT 0,
  got_by TEXT,
  -- {by, at, note}: a person has looked at what differs.
  settled JSONB,
  changed_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX transfer_by_state ON transfer (state, changed_at DESC);
--> statement-breakpoint
CREATE INDEX transfer_of_requisition ON transfer (requisition) WHERE requisition IS NOT NULL;
--> statement-breakpoint
CREATE TABLE requisition (
  id TEXT PRIMARY KEY,
  store TEXT NOT NULL,
  kitchen TEXT NOT NULL,
  -- What the two stores said: sent, accepted, declined, shipped, cancelled. Whether it came, the
  -- transfers say.
  state TEXT NOT NULL,
  deliver_on DATE,
  at TIMESTAMPTZ NOT NULL,
  answered_at TIMESTAMPTZ,
  lines JSONB NOT NULL,
  purchase TEXT,
  note TEXT,
  answer TEXT
);
--> statement-breakpoint
CREATE INDEX requisition_open ON requisition (kitchen, deliver_on) WHERE state IN ('sent', 'accepted');
--> statement-breakpoint
-- What the board shows as it happens; the newest days only.
CREATE TABLE ticker (
  id BIGSERIAL PRIMARY KEY,
  store TEXT NOT NULL,
  seq BIGINT,
  kind TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL DEFAULT now(),
  words JSONB NOT NULL
);
--> statement-breakpoint
CREATE TABLE alarm (
  id BIGSERIAL PRIMARY KEY,
  store TEXT NOT NULL,
  kind TEXT NOT NULL,
  since TIMESTAMPTZ NOT NULL DEFAULT now(),
  ended_at TIMESTAMPTZ,
  detail JSONB
);
--> statement-breakpoint
CREATE UNIQUE INDEX alarm_open ON alarm (store, kind) WHERE ended_at IS NULL;
--> statement-breakpoint
CREATE TABLE webhook (
  id SERIAL PRIMARY KEY,
  url TEXT NOT NULL,
  secret TEXT NOT NULL,
  events TEXT[] NOT NULL,
  note TEXT,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  -- Since when nothing has got through; NULL = the last delivery did.
  failing_since TIMESTAMPTZ,
  disabled_at TIMESTAMPTZ
);
--> statement-breakpoint
-- `id` is the event's, of which a webhook has one delivery whatever crashes on the way.
CREATE TABLE delivery (
  id TEXT NOT NULL,
  webhook INTEGER NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
  event TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  ended_at TIMESTAMPTZ,
  error TEXT,
  PRIMARY KEY (webhook, id)
);
--> statement-breakpoint
CREATE INDEX delivery_due ON delivery (next_at) WHERE state = 'waiting';
