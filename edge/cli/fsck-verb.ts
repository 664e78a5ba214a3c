/** `larder fsck`: every invariant of the database, each with its figure. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { auditFile } from '../ledger/audit.ts';
import { EXIT } from './fail.ts';
import { tableLines } from './output.ts';
import { databaseFolder } from './place.ts';
import { addVerb, type Hang, type Run } from './verb.ts';

export function addFsck(root: Command, hang: Hang): void {
  addVerb(root, hang, 'fsck', 'check every invariant of the ledger / 账本核对', run).option(
    '--full',
    'also every index, every event, every sale exploded again / 完整核对',
  );
}

const BREACHES_SHOWN = 10;

const run: Run = ({ around, out }, _args, options) => {
  const file = join(databaseFolder(around), 'larder.db');
  const report = auditFile(file, {
    full: options['full'] === true,
    onProgress: (done, total, what) => out.progress(`${what}: ${done} / ${total}`),
  });
  out.progressDone();
  out.data({ file, ...report });
  out.line(file);
  const rows = report.checks.map(({ id, what, count, breachCount }) => [
    breachCount === 0 ? 'ok' : 'BREACH',
    id,
    String(count),
    String(breachCount),
    out.say(what),
  ]);
  for (const line of tableLines(rows)) out.line(`  ${line}`);
  for (const { id, breaches, breachCount } of report.checks) {
    for (const { where, detail } of breaches.slice(0, BREACHES_SHOWN)) {
      out.line(`  ${id}: ${where}: ${detail}`);
    }
    const more = breachCount - Math.min(breachCount, BREACHES_SHOWN);
    if (more > 0) out.line({ en: `  ${id}: and ${more} more`, zh: `  ${id}:另有 ${more} 处` });
  }
  const breaches = report.checks.reduce((sum, { breachCount }) => sum + breachCount, 0);
  const seconds = (report.durationMs / 1_000).toFixed(1);
  out.line({
    en: `${report.checks.length} checks, ${breaches} breaches, ${report.seq} entries, ${seconds} s`,
    zh: `${report.checks.length} 项核对,${breaches} 处不符,${report.seq} 条分录,${seconds} 秒`,
  });
  return report.ok ? EXIT.good : EXIT.findings;
};
