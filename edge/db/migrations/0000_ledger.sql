-- The box's database. Tables are STRICT, facts are append-only by trigger, amounts are integers in
-- millionths of the item's base unit, times are epoch milliseconds, days are numbers like 20261122.
CREATE TABLE meta (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE terminal (
  id INTEGER PRIMARY KEY NOT NULL,
  name TEXT NOT NULL UNIQUE
) STRICT;
--> statement-breakpoint
-- Small numbers for items, because every move carries one. Never deleted: history needs the names.
CREATE TABLE item (
  id INTEGER PRIMARY KEY NOT NULL,
  code TEXT NOT NULL UNIQUE,
  unit TEXT NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE lot (
  id INTEGER PRIMARY KEY NOT NULL,
  item INTEGER NOT NULL REFERENCES item (id),
  code TEXT NOT NULL,
  supplier TEXT,
  entry INTEGER NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  cost INTEGER,
  received_at INTEGER NOT NULL,
  produced_at INTEGER,
  expires_at INTEGER,
  opened_at INTEGER
) STRICT;
--> statement-breakpoint
CREATE INDEX lot_by_item ON lot (item);
--> statement-breakpoint
-- The inbox: every event as its bytes arrived. (No foreign keys on the hot tables: fsck checks them.) `id` is the arrival number. Status: 0 pending,
-- 1 applied, 2 partial, 3 held, 4 duplicate, 5 conflict, 6 quarantined, 7 dismissed.
CREATE TABLE event (
  id INTEGER PRIMARY KEY NOT NULL,
  terminal INTEGER NOT NULL,
  event_id TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  type INTEGER NOT NULL,
  applied INTEGER NOT NULL,
  held INTEGER NOT NULL,
  moves INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  source TEXT,
  reasons TEXT,
  body BLOB NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX event_by_id ON event (event_id, terminal);
--> statement-breakpoint
CREATE INDEX event_open ON event (status) WHERE status NOT IN (1, 4, 7);
--> statement-breakpoint
CREATE TRIGGER event_kept BEFORE DELETE ON event
BEGIN SELECT RAISE (ABORT, 'an event is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER event_frozen BEFORE UPDATE OF id, terminal, event_id, received_at, body ON event
BEGIN SELECT RAISE (ABORT, 'an event is never changed'); END;
--> statement-breakpoint
-- The same id again with other content: the original is untouched, these bytes wait for a person.
CREATE TABLE conflict (
  id INTEGER PRIMARY KEY NOT NULL,
  event INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  dismissed INTEGER NOT NULL DEFAULT 0,
  digest TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX conflict_once ON conflict (event, digest);
--> statement-breakpoint
CREATE INDEX conflict_open ON conflict (dismissed) WHERE dismissed = 0;
--> statement-breakpoint
CREATE TABLE sale (
  id INTEGER PRIMARY KEY NOT NULL,
  terminal INTEGER NOT NULL,
  sale_id TEXT NOT NULL,
  event INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  day INTEGER NOT NULL,
  occurred_at INTEGER NOT NULL,
  line_ids TEXT
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX sale_by_id ON sale (sale_id, terminal);
--> statement-breakpoint
CREATE INDEX sale_by_day ON sale (day);
--> statement-breakpoint
-- Lines that wait for knowledge. Rows go away when they post; the wait itself is in the event.
CREATE TABLE held_line (
  sale INTEGER NOT NULL,
  line INTEGER NOT NULL,
  sku TEXT NOT NULL,
  modifier INTEGER NOT NULL,
  PRIMARY KEY (sale, line)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX held_by_sku ON held_line (sku);
--> statement-breakpoint
-- Voids and refunds that came before their sale.
CREATE TABLE waiting (
  sale_id TEXT NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY (sale_id, event)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- What voids and refunds took back of a line: 1 not made, 2 discarded, 3 served free.
CREATE TABLE taken_back (
  sale INTEGER NOT NULL,
  line INTEGER NOT NULL,
  event INTEGER NOT NULL,
  qty INTEGER NOT NULL CHECK (qty > 0),
  disposition INTEGER NOT NULL,
  PRIMARY KEY (sale, line, event, disposition)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- What the newest snapshot of a sale says each line takes, before anything was taken back of it.
CREATE TABLE snapshot_take (
  sale INTEGER NOT NULL,
  line INTEGER NOT NULL,
  item INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (sale, line, item)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE refund (
  sale INTEGER NOT NULL,
  refund_id TEXT NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY (sale, refund_id)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE entry (
  seq INTEGER PRIMARY KEY NOT NULL,
  kind INTEGER NOT NULL,
  event INTEGER,
  sale INTEGER,
  reverses INTEGER,
  book INTEGER,
  day INTEGER NOT NULL,
  occurred_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  command TEXT,
  actor TEXT,
  note TEXT,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
--> statement-breakpoint
CREATE INDEX entry_by_sale ON entry (sale) WHERE sale IS NOT NULL;
--> statement-breakpoint
CREATE TRIGGER entry_kept BEFORE DELETE ON entry
BEGIN SELECT RAISE (ABORT, 'an entry is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER entry_frozen BEFORE UPDATE ON entry
BEGIN SELECT RAISE (ABORT, 'an entry is never changed'); END;
--> statement-breakpoint
-- `id` is the entry's seq times 65,536 plus the number of the move in it: one key that is appended
-- to in order, finds the moves of an entry by range, and needs no second index for that.
CREATE TABLE move (
  id INTEGER PRIMARY KEY NOT NULL,
  line INTEGER NOT NULL,
  item INTEGER NOT NULL,
  lot INTEGER NOT NULL,
  src INTEGER NOT NULL,
  dst INTEGER NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX move_by_item ON move (item);
--> statement-breakpoint
CREATE TRIGGER move_kept BEFORE DELETE ON move
BEGIN SELECT RAISE (ABORT, 'a move is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER move_frozen BEFORE UPDATE ON move
BEGIN SELECT RAISE (ABORT, 'a move is never changed'); END;
--> statement-breakpoint
-- A projection of the moves, written in their transaction and refolded by fsck. Lots are told apart
-- in stock only (place 1); everywhere else the lot is 0. Empty stock lots have no row.
CREATE TABLE balance (
  item INTEGER NOT NULL,
  place INTEGER NOT NULL,
  lot INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (item, place, lot)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE book (
  version INTEGER PRIMARY KEY NOT NULL,
  entry INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  adopted_at INTEGER NOT NULL,
  hash TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TRIGGER book_frozen BEFORE UPDATE ON book
BEGIN SELECT RAISE (ABORT, 'a book is never changed: adopt a new one'); END;
--> statement-breakpoint
-- What a person said a POS code means; the newest row of a sku counts. recipe NULL = ignore it.
CREATE TABLE sku_map (
  entry INTEGER PRIMARY KEY NOT NULL,
  sku TEXT NOT NULL,
  recipe TEXT
) STRICT;
--> statement-breakpoint
CREATE TABLE command (
  id TEXT PRIMARY KEY NOT NULL,
  received_at INTEGER NOT NULL,
  content TEXT NOT NULL,
  result TEXT NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE cursor (
  terminal INTEGER NOT NULL REFERENCES terminal (id),
  epoch TEXT NOT NULL,
  contiguous INTEGER NOT NULL,
  highest INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (terminal, epoch)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- Ranges of sequence numbers that have not arrived. abandoned = a person said they never will.
CREATE TABLE gap (
  terminal INTEGER NOT NULL REFERENCES terminal (id),
  epoch TEXT NOT NULL,
  low INTEGER NOT NULL,
  high INTEGER NOT NULL,
  since INTEGER NOT NULL,
  abandoned INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (terminal, epoch, low)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE day_close (
  event INTEGER PRIMARY KEY NOT NULL,
  terminal INTEGER NOT NULL,
  day INTEGER NOT NULL,
  totals TEXT NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX day_close_by_day ON day_close (day);
--> statement-breakpoint
CREATE TABLE pos_menu (
  terminal INTEGER PRIMARY KEY NOT NULL,
  event INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE setting (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
