-- How many versions were sent to a store, and the newest of them; `*` = to every store. Each
-- acknowledgement and every look at the board asks for that: counted as they are published, because a
-- year of transfers is a hundred thousand versions.
CREATE TABLE sent (
  store TEXT PRIMARY KEY,
  versions INTEGER NOT NULL,
  head INTEGER NOT NULL
) WITH (fillfactor = 50);
--> statement-breakpoint
INSERT INTO sent (store, versions, head)
SELECT s.store, count(*), max(version)
FROM catalog, LATERAL (SELECT DISTINCT unnest(coalesce(stores, ARRAY['*']))) AS s (store)
GROUP BY s.store;
--> statement-breakpoint
CREATE INDEX adoption_of_store ON adoption (store, version);
