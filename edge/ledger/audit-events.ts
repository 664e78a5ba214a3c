/** Events and what came of them: one state each, and the moves they claim are the moves they made. */
import { EVENT_TYPES, STATUS } from '../pos/event-status.ts';
import type { Checks } from './audit-check.ts';
import type { AuditFile, Row } from './audit-store.ts';

const SALE = EVENT_TYPES.indexOf('larder.pos.sale.v1');
const DAY_CLOSE = EVENT_TYPES.indexOf('larder.pos.dayclose.v1');
const SNAPSHOT = EVENT_TYPES.indexOf('larder.pos.snapshot.v1');
const SETTLED: ReadonlySet<number> = new Set([STATUS.applied, STATUS.partial, STATUS.held]);
const STATES: ReadonlySet<number> = new Set(Object.values(STATUS));
const PROGRESS_EVERY = 4_096;

/** @param movesOfEvent moves in the ledger by event number */
export function checkEvents(
  file: AuditFile,
  checks: Checks,
  movesOfEvent: Int32Array,
  progress: (done: number, total: number) => void,
): void {
  const total = file.number('SELECT max(id) FROM event');
  let before = 0;
  const columns =
    'e.id, e.status, e.type, e.applied, e.held, e.moves, t.id, s.id, e.reasons LIKE \'%"stale_revision"%\', d.event, e.terminal';
  const tables =
    'event e LEFT JOIN terminal t ON t.id = e.terminal LEFT JOIN sale s ON s.id = e.id LEFT JOIN day_close d ON d.event = e.id';
  for (const row of file.pages(columns, tables)) {
    const id = Number(row[0]);
    if (id !== before + 1)
      checks.breach('events', `event ${id}`, `comes after ${before}: ${id - before - 1} missing`);
    before = id;
    checks.count('events', 1);
    checks.count('effects', 1);
    checkState(checks, row);
    checkEffect(checks, row, movesOfEvent);
    if (id % PROGRESS_EVERY === 0) progress(id, total);
  }
  progress(before, total);
  const twice =
    'SELECT event_id, terminal, count(*) FROM event GROUP BY event_id, terminal HAVING count(*) > 1';
  for (const row of file.rows(twice)) {
    checks.breach(
      'events',
      `event id ${row[0]}`,
      `is stored ${row[2]} times for terminal ${row[1]}`,
    );
  }
}

function checkState(checks: Checks, row: Row): void {
  const where = `event ${row[0]}`;
  const [status, type, applied, held] = [row[1], row[2], row[3], row[4]] as number[];
  if (!STATES.has(status ?? -1)) checks.breach('events', where, `has the unknown state ${status}`);
  if (EVENT_TYPES[type ?? -1] === undefined)
    checks.breach('events', where, `has the unknown type ${type}`);
  if (row[6] === null) checks.breach('events', where, `its terminal ${row[10]} does not exist`);
  const understood = type !== 0;
  const refused = status === STATUS.quarantined || status === STATUS.dismissed;
  if (understood ? status === STATUS.quarantined : !refused) {
    checks.breach('events', where, `type ${type} cannot have the state ${status}`);
  }
  const open = (held ?? 0) > 0;
  const some = (applied ?? 0) > 0;
  const fits =
    (applied ?? 0) >= 0 &&
    (held ?? 0) >= 0 &&
    (status === STATUS.applied ? !open : true) &&
    (status === STATUS.partial ? open && some : true) &&
    (status === STATUS.held ? !some : true);
  if (!fits)
    checks.breach(
      'events',
      where,
      `state ${status} with ${applied} lines applied and ${held} held`,
    );
}

function checkEffect(checks: Checks, row: Row, movesOfEvent: Int32Array): void {
  const id = Number(row[0]);
  const made = movesOfEvent[id] ?? 0;
  if (made !== row[5])
    checks.breach('effects', `event ${id}`, `says ${row[5]} moves; the ledger has ${made}`);
  const settled = SETTLED.has(Number(row[1]));
  if (settled && row[2] === SALE && row[7] === null && row[8] !== 1) {
    checks.breach('effects', `event ${id}`, 'is an accepted sale; there is no sale of it');
  }
  if (settled && row[2] === DAY_CLOSE && row[9] === null) {
    checks.breach(
      'dayCloses',
      `event ${id}`,
      'is an accepted day close; there is no day close of it',
    );
  }
}

/** Questions whose only good answer is no row; each answers where and what. */
const LINKS = [
  [
    'sales',
    'no event of its own or of its lines fits',
    `
    SELECT 'sale ' || s.sale_id, s.id, s.event FROM sale s
      LEFT JOIN event d ON d.id = s.event LEFT JOIN event f ON f.id = s.id
     WHERE d.id IS NULL OR f.id IS NULL OR d.terminal <> s.terminal OR f.terminal <> s.terminal
        OR d.type <> CASE WHEN s.revision < 0 THEN ${SALE} ELSE ${SNAPSHOT} END
        OR f.type NOT IN (${SALE}, ${SNAPSHOT}) OR d.status NOT IN (1, 2, 3)`,
  ],
  [
    'sales',
    'is an accepted snapshot; there is no sale of it',
    `
    SELECT 'event ' || e.id, e.event_id, e.id FROM event e
     WHERE e.type = ${SNAPSHOT} AND e.status IN (1, 2, 3) AND NOT EXISTS (
       SELECT 1 FROM sale s WHERE s.terminal = e.terminal AND s.sale_id =
         CASE WHEN json_valid(CAST(e.body AS TEXT))
              THEN json_extract(CAST(e.body AS TEXT), '$.data.saleId') END)`,
  ],
  [
    'links',
    'waits, but its sale or its event does not say so',
    `
    SELECT 'held lines of sale ' || h.sale, h.n, d.held FROM
      (SELECT sale, count(*) AS n FROM held_line GROUP BY sale) h
      LEFT JOIN sale s ON s.id = h.sale LEFT JOIN event d ON d.id = s.event
     WHERE s.id IS NULL OR d.id IS NULL OR d.held < h.n OR d.status NOT IN (2, 3)`,
  ],
  [
    'links',
    'has lines that wait by its event, but fewer in the list of what waits',
    `
    SELECT 'sale ' || s.sale_id, s.id, d.held FROM event d JOIN sale s ON s.event = d.id
     WHERE d.status IN (2, 3) AND d.status NOT IN (1, 4, 7) AND d.type IN (${SALE}, ${SNAPSHOT})
       AND d.held > (SELECT count(*) FROM held_line h WHERE h.sale = s.id)
       AND NOT EXISTS (SELECT 1 FROM taken_back t WHERE t.sale = s.id AND t.disposition = 1)`,
  ],
  [
    'links',
    'waits for a sale, but is no void or refund that is held',
    `
    SELECT 'waiting event ' || w.event, w.sale_id, w.event FROM waiting w
      LEFT JOIN event e ON e.id = w.event WHERE e.id IS NULL OR e.type NOT IN (2, 3) OR e.status <> 3`,
  ],
  [
    'links',
    'is held, but waits for no sale',
    `
    SELECT 'event ' || e.id, e.event_id, e.id FROM event e
     WHERE e.status = 3 AND e.status NOT IN (1, 4, 7) AND e.type IN (2, 3)
       AND e.id NOT IN (SELECT event FROM waiting)`,
  ],
  [
    'links',
    'was taken back, but its sale or its void does not exist',
    `
    SELECT 'taken back of sale ' || b.sale || ' line ' || b.line, b.event, b.qty FROM taken_back b
      LEFT JOIN sale s ON s.id = b.sale LEFT JOIN event e ON e.id = b.event
     WHERE s.id IS NULL OR e.id IS NULL OR e.type NOT IN (2, 3) OR e.status <> 1
        OR b.disposition NOT IN (1, 2, 3)`,
  ],
  [
    'links',
    'its sale or its event does not exist',
    `
    SELECT 'refund ' || r.refund_id, r.sale, r.event FROM refund r
      LEFT JOIN sale s ON s.id = r.sale LEFT JOIN event e ON e.id = r.event
     WHERE s.id IS NULL OR e.id IS NULL OR e.type <> 3`,
  ],
  [
    'links',
    'conflicts with an event that does not exist',
    `
    SELECT 'conflict ' || c.id, c.event, c.digest FROM conflict c
      LEFT JOIN event e ON e.id = c.event WHERE e.id IS NULL`,
  ],
  [
    'links',
    'is no menu that the terminal sent',
    `
    SELECT 'menu of terminal ' || m.terminal, m.event, e.type FROM pos_menu m
      LEFT JOIN event e ON e.id = m.event
     WHERE e.id IS NULL OR e.type <> 6 OR e.terminal <> m.terminal`,
  ],
  [
    'causes',
    'names an event or a sale that does not exist, or lacks one',
    `
    SELECT 'entry ' || e.seq, e.event, e.sale FROM entry e
      LEFT JOIN event v ON v.id = e.event LEFT JOIN sale s ON s.id = e.sale
     WHERE (e.event IS NOT NULL AND v.id IS NULL) OR (e.sale IS NOT NULL AND s.id IS NULL)
        OR (e.kind IN (1, 2, 3, 4)) <> (e.event IS NOT NULL AND e.sale IS NOT NULL)`,
  ],
  [
    'causes',
    'names a recipe book that was never adopted',
    `
    SELECT 'entry ' || e.seq, e.book, e.kind FROM entry e
     WHERE e.book IS NOT NULL AND e.book NOT IN (SELECT version FROM book)`,
  ],
  [
    'causes',
    'reverses an entry that does not exist or comes later',
    `
    SELECT 'entry ' || e.seq, e.reverses, e.kind FROM entry e LEFT JOIN entry o ON o.seq = e.reverses
     WHERE e.reverses IS NOT NULL AND (o.seq IS NULL OR o.seq >= e.seq OR e.kind <> 6)`,
  ],
  [
    'causes',
    'was reversed more than once',
    `
    SELECT 'entry ' || reverses, count(*), min(seq) FROM entry WHERE reverses IS NOT NULL
     GROUP BY reverses HAVING count(*) > 1`,
  ],
] as const;

const COUNTED = [
  ['sales', 'sale'],
  ['links', 'held_line'],
  ['links', 'waiting'],
  ['links', 'taken_back'],
  ['links', 'refund'],
  ['links', 'conflict'],
  ['links', 'pos_menu'],
  ['causes', 'entry'],
] as const;

/** Whatever names another row names one that exists. */
export function checkLinks(file: AuditFile, checks: Checks): void {
  for (const [check, table] of COUNTED)
    checks.count(check, file.number(`SELECT count(*) FROM ${table}`));
  for (const [check, detail, sql] of LINKS) {
    for (const [where, a, b] of file.rows(sql))
      checks.breach(check, String(where), `${detail} (${a}, ${b})`);
  }
}
