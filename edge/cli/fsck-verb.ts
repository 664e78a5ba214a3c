/** `larder fsck`: every invariant of the database, each with its figure. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { type AuditReport, auditFile } from '../ledger/audit.ts';
import { compareWithHq, type HqComparison } from './against-hq.ts';
import { EXIT } from './fail.ts';
import { type Output, tableLines } from './output.ts';
import { databaseFolder, readConfig, readRunning } from './place.ts';
import { addVerb, type Hang, type Run, type Tool } from './verb.ts';

export function addFsck(root: Command, hang: Hang): void {
  addVerb(root, hang, 'fsck', 'check every invariant of the ledger / 账本核对', run)
    .option('--full', 'also every index, every event, every sale exploded again / 完整核对')
    .option('--against-hq', 'also with head office: chain and balances / 与总部核对');
}

const BREACHES_SHOWN = 10;

const run: Run = async (tool, _args, options) => {
  const { around, out } = tool;
  const folder = databaseFolder(around);
  const file = join(folder, 'larder.db');
  const report = auditFile(file, {
    full: options['full'] === true,
    onProgress: (done, total, what) => out.progress(`${what}: ${done} / ${total}`),
  });
  out.progressDone();
  const headOffice = options['againstHq'] === true ? await withHq(tool, folder, file) : undefined;
  out.data({ file, ...report, ...(headOffice ? { headOffice } : {}) });
  out.line(file);
  sayChecks(out, report);
  if (headOffice) sayHq(out, headOffice);
  return report.ok && headOffice?.ok !== false ? EXIT.good : EXIT.findings;
};

function sayChecks(out: Output, report: AuditReport): void {
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
}

function withHq({ around, out }: Tool, folder: string, file: string): Promise<HqComparison> {
  const { config } = readConfig(around);
  const store = readRunning(folder)?.store ?? config.store;
  const address = { url: config.hqUrl, token: config.hqToken, store };
  return compareWithHq(file, address, (done, total) =>
    out.progress(`head office: ${done} / ${total}`),
  );
}

function sayHq(out: Output, compared: HqComparison): void {
  out.progressDone();
  const { ackedSeq, behind, findings, sameBalances } = compared;
  for (const finding of findings) out.line(finding);
  const [en, zh] =
    sameBalances === null
      ? ['not compared', '未核对']
      : sameBalances
        ? ['equal', '一致']
        : ['differ', '不一致'];
  out.line({
    en: `head office: ${ackedSeq} entries, ${behind} behind, balances ${en}, ${findings.length} differences`,
    zh: `总部:${ackedSeq} 条记录,落后 ${behind} 条,库存${zh},${findings.length} 处不符`,
  });
}
