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
-- Goods to or from another store. state: sent, incoming, received, cancelled.
CREATE TABLE transfer (
  id TEXT PRIMARY KEY NOT NULL,
  direction TEXT NOT NULL,
  other TEXT NOT NULL,
  state TEXT NOT NULL,
  -- Of sending (out) or receiving (in); 0 while it is only announced.
  entry INTEGER NOT NULL,
  at INTEGER NOT NULL,
  requisition TEXT,
  lines TEXT NOT NULL,
  received TEXT,
  note TEXT
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE requisition (
  id TEXT PRIMARY KEY NOT NULL,
  direction TEXT NOT NULL,
  other TEXT NOT NULL,
  state TEXT NOT NULL,
  entry INTEGER NOT NULL,
  at INTEGER NOT NULL,
  deliver_on INTEGER,
  lines TEXT NOT NULL,
  purchase TEXT,
  note TEXT
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- Material with somebody who works on it outside. state: out, partly_back, done.
CREATE TABLE outsource_job (
  id TEXT PRIMARY KEY NOT NULL,
  entry INTEGER NOT NULL,
  processor TEXT NOT NULL,
  state TEXT NOT NULL,
  at INTEGER NOT NULL,
  lines TEXT NOT NULL,
  returned TEXT NOT NULL DEFAULT '[]',
  note TEXT
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
  PRIMARY KEY (incarnation, segment)
) STRICT, WITHOUT ROWID;
