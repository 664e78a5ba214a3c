/**
 * The audit behind `larder fsck`: every invariant of the box's file, each with figures. It reads one
 * snapshot of the file on a connection of its own, so it runs beside a running box, on a stopped one,
 * and on one that was just killed; and it holds a page of rows at a time, whatever the size.
 */

import { installation } from '../installation.ts';
import { openBookStore } from '../recipe-book/book-store.ts';
import { openHistory } from '../recipe-book/history.ts';
import { realPorts } from '../runtime/ports.ts';
import { GENESIS } from './append.ts';
import { checkCatalog } from './audit-catalog.ts';
import { type Folded, walkChain } from './audit-chain.ts';
import { type AuditCheck, type Checks, openChecks } from './audit-check.ts';
import { checkContents } from './audit-contents.ts';
import { checkCounts } from './audit-counts.ts';
import { checkEvents, checkLinks } from './audit-events.ts';
import { checkLives } from './audit-lives.ts';
import { checkOrders } from './audit-orders.ts';
import { checkPeople } from './audit-people.ts';
import { checkPrep } from './audit-prep.ts';
import { checkBooks, checkCommands, checkDayCloses, checkStreams } from './audit-records.ts';
import { checkRepeated, checkSales } from './audit-sales.ts';
import { checkBalances, checkReceived, readLots } from './audit-shelves.ts';
import { type AuditFile, isReadFault, openAuditFile, readSchemas } from './audit-store.ts';
import { checkTransfers } from './audit-transfers.ts';
import { checkUsage } from './audit-usage.ts';
import { openWorths } from './audit-values.ts';
import { openItemRegistry } from './item-store.ts';

export type AuditOptions = {
  /** Also reads every page of every index, every event's bytes, and explodes every sale again. */
  readonly full: boolean;
  /** Called every few thousand rows: how far the pass called `what` is. */
  readonly onProgress?: (done: number, total: number, what: string) => void;
  /** Folder of the migrations that make the right schema; default: this installation's. */
  readonly migrations?: string;
  /** Milliseconds that never go back; default: the machine's. */
  readonly mono?: () => number;
};

export type AuditReport = {
  readonly checks: readonly AuditCheck[];
  readonly ok: boolean;
  /** Sequence and hash of the newest entry: what head office compares. */
  readonly seq: number;
  readonly headHash: string;
  readonly durationMs: number;
};

/** @throws Fault `no_database` when there is no file */
export function auditFile(path: string, options: AuditOptions): AuditReport {
  const mono = options.mono ?? realPorts().mono;
  const start = mono();
  const checks = openChecks(mono, isReadFault);
  const file = openAuditFile(path);
  try {
    const folded = runChecks(file, checks, options);
    const list = checks.report();
    return {
      checks: list,
      ok: list.every(({ breachCount }) => breachCount === 0),
      seq: folded?.seq ?? 0,
      headHash: folded?.headHash ?? GENESIS,
      durationMs: Math.round(mono() - start),
    };
  } finally {
    file.close();
  }
}

function runChecks(file: AuditFile, checks: Checks, options: AuditOptions): Folded | undefined {
  const { full } = options;
  const progress = (what: string) => (done: number, total: number) =>
    options.onProgress?.(done, total, what);
  let folded: Folded | undefined;
  checks.pass(['file'], () => checkFile(file, checks, full));
  checks.pass(['schema'], () =>
    checkSchema(file, checks, options.migrations ?? installation().migrations),
  );
  const walk = [
    'chain',
    'sequence',
    'moves',
    'lots',
    'negative',
    'balances',
    'zero',
    'values',
  ] as const;
  checks.pass(walk, () => {
    const lots = readLots(file);
    const worths = openWorths(checks, lots);
    const walked = walkChain(file, checks, { lots, worths }, progress('entries'));
    checkReceived(file, checks, lots);
    checkBalances(file, checks, walked);
    folded = walked;
  });
  checks.pass(['events', 'effects'], () => {
    checkEvents(file, checks, folded?.movesOfEvent ?? new Int32Array(0), progress('events'));
  });
  checks.pass(['links', 'sales', 'causes'], () => checkLinks(file, checks));
  checks.pass(['commands'], () => checkCommands(file, checks));
  checks.pass(['books'], () => checkBooks(file, checks, full));
  checks.pass(['streams'], () => checkStreams(file, checks));
  checks.pass(['prep'], () => checkPrep(file, checks));
  checks.pass(['usage'], () => checkUsage(file, checks));
  checks.pass(['dayCloses'], () => checkDayCloses(file, checks));
  checks.pass(['counts'], () => checkCounts(file, checks));
  checks.pass(['people'], () => checkPeople(file, checks));
  checks.pass(['orders'], () => checkOrders(file, checks));
  checks.pass(['transfers'], () => checkTransfers(file, checks));
  checks.pass(['lives'], () => checkLives(file, checks));
  checks.pass(['catalog'], () => checkCatalog(file, checks));
  if (!full) checks.pass(['once'], () => checkRepeated(file, checks));
  else {
    checks.pass(['contents'], () => checkContents(file, checks, progress('bytes')));
    checks.pass(['exploded', 'once'], () =>
      checkSales(
        file,
        checks,
        openHistory(openBookStore(file.db), openItemRegistry(file.db).find),
        progress('sales'),
      ),
    );
  }
  return folded;
}

function checkFile(file: AuditFile, checks: Checks, full: boolean): void {
  checks.count('file', file.number('SELECT page_count FROM pragma_page_count()'));
  for (const said of file.integrity(full)) checks.breach('file', 'database', said);
}

function checkSchema(file: AuditFile, checks: Checks, migrations: string): void {
  const { right, found } = readSchemas(file.db, migrations);
  checks.count('schema', right.size);
  for (const [name, sql] of right) {
    const own = found.get(name);
    if (own === undefined) checks.breach('schema', name, 'is missing');
    else if (own !== sql) checks.breach('schema', name, 'is not what this version makes');
  }
  for (const name of found.keys())
    if (!right.has(name)) checks.breach('schema', name, 'is not known');
}
