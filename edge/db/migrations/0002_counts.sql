-- What happened after an instant: the book at the moment of a count is what it says now less that.
CREATE INDEX entry_by_time ON entry (occurred_at);
