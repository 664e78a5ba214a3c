ALTER TABLE purchase_order ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
ALTER TABLE purchase_order ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
--> statement-breakpoint
-- What the box suggested, in millionths; null = the line was added by a person.
ALTER TABLE purchase_line ADD COLUMN suggested INTEGER;
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
-- An order on its way to the supplier by e-mail, webhook or chat robot.
CREATE TABLE sending (
  id INTEGER PRIMARY KEY NOT NULL,
  purchase TEXT NOT NULL,
  entry INTEGER NOT NULL,
  channel TEXT NOT NULL,
  target TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER,
  ended_at INTEGER,
  error TEXT
) STRICT;
--> statement-breakpoint
CREATE INDEX sending_open ON sending (next_at) WHERE state = 'waiting';
--> statement-breakpoint
CREATE INDEX sending_by_purchase ON sending (purchase);
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
