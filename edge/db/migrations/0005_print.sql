-- Printers as set on the page; the entry of each change stands in the ledger.
CREATE TABLE printer (
  name TEXT PRIMARY KEY NOT NULL,
  url TEXT NOT NULL,
  columns INTEGER NOT NULL CHECK (columns IN (32, 48)),
  chinese TEXT NOT NULL CHECK (chinese IN ('gb18030', 'image')),
  -- JSON: what it prints; empty = anything.
  uses TEXT NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- What is to be printed, was, or may have been. `source` is what the slip is made from, frozen when it
-- was asked for: another printer's columns make it anew, and nothing else of it changes.
CREATE TABLE print_job (
  -- Stands on the paper, so no number is used twice.
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  printer TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  copies INTEGER NOT NULL DEFAULT 1,
  -- Copies that are certainly out.
  done INTEGER NOT NULL DEFAULT 0,
  -- How often the copy after those was begun: more than 0 makes the next try a reprint.
  begun INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL
    CHECK (state IN ('queued', 'printing', 'printed', 'failed', 'unknown', 'cancelled')),
  -- Tries, those included that did not reach the printer.
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  -- When a person last wanted it: an old wish is not carried out unasked.
  asked_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  -- Columns of the paper it was last begun on.
  columns INTEGER,
  -- 1 = it said REPRINT when it was last begun.
  reprint INTEGER NOT NULL DEFAULT 0,
  -- JSON: why it waits, failed or is unknown, in both languages.
  error TEXT,
  actor TEXT,
  reprint_of INTEGER
) STRICT;
--> statement-breakpoint
CREATE INDEX print_job_open ON print_job (printer, id) WHERE state IN ('queued', 'printing', 'unknown');
