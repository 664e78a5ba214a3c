-- The kitchen: what was opened or made, counted, ordered, and who works here. Facts stand in the
-- entries; most tables here are projections of them, written in their transaction.
ALTER TABLE lot ADD COLUMN parent INTEGER;
--> statement-breakpoint
CREATE INDEX lot_by_code ON lot (code);
--> statement-breakpoint
CREATE INDEX lot_by_entry ON lot (entry);
--> statement-breakpoint
-- The paired tablet that sent it; NULL = the admin token.
ALTER TABLE command ADD COLUMN device TEXT;
--> statement-breakpoint
CREATE INDEX entry_by_reverses ON entry (reverses) WHERE reverses IS NOT NULL;
--> statement-breakpoint
-- Everything a person did, told apart from the sales without reading them.
CREATE INDEX entry_by_hand ON entry (seq) WHERE event IS NULL;
--> statement-breakpoint
-- Every observation of a count, as it was made; `at` is when it was counted, by the box's clock.
CREATE TABLE count_line (
  entry INTEGER PRIMARY KEY NOT NULL,
  count TEXT NOT NULL,
  item INTEGER NOT NULL,
  lot INTEGER,
  place TEXT,
  qty INTEGER NOT NULL CHECK (qty >= 0),
  at INTEGER NOT NULL,
  actor TEXT
) STRICT;
--> statement-breakpoint
CREATE INDEX count_line_by_count ON count_line (count, item);
--> statement-breakpoint
CREATE INDEX count_line_by_item ON count_line (item, at);
--> statement-breakpoint
-- What a posted count says of an item: at that moment this much was there. The newest moment of an
-- item decides; a row whose entry was reversed does not count.
CREATE TABLE counted (
  item INTEGER NOT NULL,
  lot INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  count TEXT NOT NULL,
  at INTEGER NOT NULL,
  qty INTEGER NOT NULL,
  PRIMARY KEY (item, lot, entry)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX counted_by_count ON counted (count);
--> statement-breakpoint
-- What a barcode means here; the newest row of a code counts.
CREATE TABLE barcode (
  entry INTEGER PRIMARY KEY NOT NULL,
  code TEXT NOT NULL,
  item TEXT NOT NULL,
  unit TEXT
) STRICT;
--> statement-breakpoint
-- Batches nobody logged, inferred from what was sold of them: how much stands booked now, and what
-- that took (JSON: item number to millionths).
CREATE TABLE inferred_prep (
  item INTEGER PRIMARY KEY NOT NULL,
  amount INTEGER NOT NULL,
  takes TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE purchase_order (
  id TEXT PRIMARY KEY NOT NULL,
  entry INTEGER NOT NULL,
  supplier TEXT NOT NULL,
  deliver_on INTEGER,
  state TEXT NOT NULL,
  note TEXT
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE purchase_line (
  purchase TEXT NOT NULL,
  line INTEGER NOT NULL,
  item TEXT NOT NULL,
  qty INTEGER NOT NULL CHECK (qty > 0),
  written TEXT NOT NULL,
  price TEXT,
  PRIMARY KEY (purchase, line)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- What receipts brought of an order; a receipt that was reversed does not count.
CREATE TABLE purchase_receipt (
  purchase TEXT NOT NULL,
  entry INTEGER NOT NULL,
  item TEXT NOT NULL,
  qty INTEGER NOT NULL,
  closes INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (purchase, entry, item)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE person (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  pin TEXT,
  badge TEXT,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE device (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  station TEXT,
  token_hash TEXT NOT NULL,
  paired_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;
