CREATE TABLE printer (
  name TEXT PRIMARY KEY NOT NULL,
  url TEXT NOT NULL,
  columns INTEGER NOT NULL,
  chinese TEXT NOT NULL,
  uses TEXT NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE print_job (
  id INTEGER PRIMARY KEY NOT NULL,
  printer TEXT NOT NULL,
  title TEXT NOT NULL,
  slip TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  error TEXT,
  actor TEXT,
  reprint_of INTEGER
) STRICT;
--> statement-breakpoint
CREATE INDEX print_job_open ON print_job (printer, id) WHERE state IN ('queued', 'printing', 'unknown');
