ALTER TABLE purchase_order ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
-- Counts up when an order changes that was approved before: the supplier may hold the one before.
ALTER TABLE purchase_order ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
--> statement-breakpoint
CREATE INDEX purchase_by_day ON purchase_order (deliver_on, supplier);
--> statement-breakpoint
CREATE INDEX purchase_by_entry ON purchase_order (entry);
--> statement-breakpoint
-- What the box suggested, in millionths; null = the line was added by a person.
ALTER TABLE purchase_line ADD COLUMN suggested INTEGER;
--> statement-breakpoint
-- One pack as the supplier sold it then: millionths, as written, and its price. Null = not in the book.
ALTER TABLE purchase_line ADD COLUMN pack INTEGER;
--> statement-breakpoint
ALTER TABLE purchase_line ADD COLUMN pack_text TEXT;
--> statement-breakpoint
ALTER TABLE purchase_line ADD COLUMN pack_price TEXT;
--> statement-breakpoint
-- Every step of an order with who and when: derived from the entries, kept for reading.
CREATE TABLE purchase_step (
  purchase TEXT NOT NULL,
  entry INTEGER NOT NULL,
  step TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT,
  detail TEXT,
  PRIMARY KEY (purchase, entry, step)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- Orders that were made before there were steps.
INSERT INTO purchase_step (purchase, entry, step, at, actor, detail)
SELECT p.id, e.seq,
    CASE e.note ->> '$.what' WHEN 'create' THEN 'draft' WHEN 'send' THEN 'sent' ELSE 'cancelled' END,
    e.occurred_at, e.actor, NULL
  FROM entry e JOIN purchase_order p ON p.id = e.note ->> '$.order'
 WHERE e.kind = 23;
--> statement-breakpoint
UPDATE purchase_order SET created_at = coalesce((SELECT recorded_at FROM entry WHERE seq = entry), 0);
--> statement-breakpoint
-- A message on its way to the supplier by e-mail, webhook or chat robot: the order, or that it is
-- cancelled. State: waiting, sent, failed.
CREATE TABLE sending (
  id INTEGER PRIMARY KEY NOT NULL,
  purchase TEXT NOT NULL,
  entry INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  what TEXT NOT NULL,
  channel TEXT NOT NULL,
  robot TEXT,
  target TEXT NOT NULL,
  language TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  next_at INTEGER,
  give_up_at INTEGER NOT NULL,
  ended_at INTEGER,
  error TEXT
) STRICT;
--> statement-breakpoint
CREATE INDEX sending_open ON sending (next_at) WHERE state = 'waiting';
--> statement-breakpoint
CREATE INDEX sending_by_purchase ON sending (purchase);
--> statement-breakpoint
CREATE INDEX sending_failed ON sending (purchase) WHERE state = 'failed';
--> statement-breakpoint
-- What a supplier gave back for goods that were returned or missing; money in ten-thousandths.
CREATE TABLE credit_note (
  id TEXT PRIMARY KEY NOT NULL,
  entry INTEGER NOT NULL,
  supplier TEXT NOT NULL,
  purchase TEXT,
  returned INTEGER,
  amount INTEGER NOT NULL,
  day INTEGER NOT NULL,
  note TEXT
) STRICT, WITHOUT ROWID;
