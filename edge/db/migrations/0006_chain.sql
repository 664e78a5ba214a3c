-- Head office: what it sent down, what this store keeps different, and goods between stores. Facts
-- stand in the entries; these tables are projections of them, written in their transaction.
CREATE TABLE catalog (
  version INTEGER PRIMARY KEY NOT NULL,
  entry INTEGER NOT NULL,
  kind TEXT NOT NULL,
  -- taken, refused, ignored
  state TEXT NOT NULL,
  valid_from INTEGER,
  received_at INTEGER NOT NULL,
  -- Version of the box's own book that it became.
  book INTEGER,
  reason TEXT,
  -- What the last days would have been under it, JSON.
  rehearsal TEXT,
  signed TEXT NOT NULL,
  signature TEXT NOT NULL
) STRICT;
--> statement-breakpoint
-- What this store keeps different from the book of head office; the newest row of a field counts. NULL = as head office says.
CREATE TABLE book_override (
  what TEXT NOT NULL,
  id TEXT NOT NULL,
  field TEXT NOT NULL,
  entry INTEGER NOT NULL,
  value TEXT,
  PRIMARY KEY (what, id, field)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- Goods to or from another store. state: sent or cancelled (direction out), incoming, received, cancelled
-- or undone (direction in). What head office says of it stands beside that, because it comes from elsewhere.
CREATE TABLE transfer (
  id TEXT PRIMARY KEY NOT NULL,
  direction TEXT NOT NULL,
  other TEXT NOT NULL,
  state TEXT NOT NULL,
  -- Of sending (out) or receiving (in); 0 while it is only announced.
  entry INTEGER NOT NULL,
  at INTEGER NOT NULL,
  -- How many times this box has said something of it.
  step INTEGER NOT NULL,
  requisition TEXT,
  -- What was sent; empty where the goods came before the word of them.
  lines TEXT NOT NULL,
  received TEXT,
  -- received, disputed
  hq TEXT,
  note TEXT
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- What this store asks of another (out), or another asks of this one (in). state: sent, accepted,
-- declined, shipped, received, cancelled. purchase: the order that it is sent for.
CREATE TABLE requisition (
  id TEXT PRIMARY KEY NOT NULL,
  direction TEXT NOT NULL,
  other TEXT NOT NULL,
  state TEXT NOT NULL,
  -- Of sending; 0 = it came from head office.
  entry INTEGER NOT NULL,
  at INTEGER NOT NULL,
  deliver_on INTEGER,
  lines TEXT NOT NULL,
  purchase TEXT,
  note TEXT
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- Material with somebody who works on it outside. state: out, partly_back, done, cancelled. `back` holds
-- what came back, entry by entry, without what was undone.
CREATE TABLE outsource_job (
  id TEXT PRIMARY KEY NOT NULL,
  entry INTEGER NOT NULL,
  processor TEXT NOT NULL,
  state TEXT NOT NULL,
  at INTEGER NOT NULL,
  lines TEXT NOT NULL,
  back TEXT NOT NULL DEFAULT '[]',
  note TEXT
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- Lives that this file has begun as: of a backup that was put back, or because head office knew more.
CREATE TABLE life (
  incarnation TEXT PRIMARY KEY NOT NULL,
  entry INTEGER NOT NULL,
  at INTEGER NOT NULL,
  -- JSON
  parent TEXT NOT NULL,
  -- A person has seen it.
  dismissed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- What was taken over of another life of this box, and what could not be.
CREATE TABLE takeover (
  incarnation TEXT NOT NULL,
  segment INTEGER NOT NULL,
  at INTEGER NOT NULL,
  applied INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  refused TEXT NOT NULL,
  -- A person has seen it.
  dismissed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (incarnation, segment)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- What another life called something that is called otherwise here, because the name was taken.
CREATE TABLE renamed (
  incarnation TEXT NOT NULL,
  what TEXT NOT NULL,
  -- Of a lot the item, else empty.
  item TEXT NOT NULL,
  theirs TEXT NOT NULL,
  ours TEXT NOT NULL,
  PRIMARY KEY (incarnation, what, theirs, item)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- Words of which the newest counts: mappings, settings, barcodes, people, tablets, overrides.
CREATE INDEX entry_of_words ON entry (kind, occurred_at) WHERE kind IN (8, 9, 22, 24, 25, 36);
