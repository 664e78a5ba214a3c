-- What left the larder by day, summed from the moves in the background: the forecaster reads two years
-- of it at once. Derived: it can be thrown away and summed again with `usage_seen` gone.
-- amount: used up by guests and staff, less what came back; stock: by how much the shelf changed;
-- last_at: when it was used last, epoch milliseconds.
CREATE TABLE usage_day (
  item INTEGER NOT NULL,
  day INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  stock INTEGER NOT NULL,
  last_at INTEGER,
  PRIMARY KEY (item, day)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- Of the last weeks only: when within the day an item goes.
CREATE TABLE usage_hour (
  item INTEGER NOT NULL,
  day INTEGER NOT NULL,
  hour INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
  amount INTEGER NOT NULL,
  PRIMARY KEY (item, day, hour)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- How far the moves are summed, and the first day whose hours are kept.
CREATE TABLE usage_seen (
  one INTEGER PRIMARY KEY NOT NULL CHECK (one = 1),
  seq INTEGER NOT NULL,
  hours_from INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
-- What another system says was used before Larder came: it moved nothing here, so it stands apart.
CREATE TABLE usage_import (
  item INTEGER NOT NULL,
  day INTEGER NOT NULL,
  amount INTEGER NOT NULL CHECK (amount >= 0),
  entry INTEGER NOT NULL,
  PRIMARY KEY (item, day)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- What people said of days: closed, half day, an event, a promotion, the weather.
CREATE TABLE day_note (
  id TEXT PRIMARY KEY NOT NULL,
  entry INTEGER NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  kind TEXT NOT NULL,
  value TEXT,
  reason TEXT,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- What was forecast for a day when its order was due: what the accuracy is measured on.
CREATE TABLE forecast_day (
  item INTEGER NOT NULL,
  day INTEGER NOT NULL,
  made_on INTEGER NOT NULL,
  mean INTEGER NOT NULL,
  low INTEGER NOT NULL,
  high INTEGER NOT NULL,
  method TEXT NOT NULL,
  PRIMARY KEY (item, day, made_on)
) STRICT, WITHOUT ROWID;
