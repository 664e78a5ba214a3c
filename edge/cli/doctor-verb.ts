/** `larder doctor`: is this installation fit for service, and if not, what to do. */
import type { Command } from 'commander';
import { examineBox } from './doctor-box.ts';
import { examineDisk } from './doctor-disk.ts';
import { type Finding, isFixable, type Patient } from './doctor-finding.ts';
import { examineMachine } from './doctor-machine.ts';
import { EXIT } from './fail.ts';
import { tableLines, widthOf } from './output.ts';
import { dataFolders, readConfig, readRunning } from './place.ts';
import { addVerb, type Hang, type Run } from './verb.ts';

export function addDoctor(root: Command, hang: Hang): void {
  addVerb(
    root,
    hang,
    'doctor',
    'check installation, disk, clock, broker, POS … / 体检',
    run,
  ).option('--fix', 'mend what can be mended by itself / 自动修复可修项');
}

const run: Run = async ({ around, out }, _args, options) => {
  const folders = dataFolders(around);
  const data = folders.find((folder) => readRunning(folder)) ?? folders[0] ?? around.here;
  const patient: Patient = { around, data, config: readConfig(around).config };
  const findings: Finding[] = [];
  for (const examine of [examineMachine, examineDisk, examineBox]) {
    out.progress({ en: 'looking …', zh: '检查中…' });
    for (const finding of await examine(patient)) {
      findings.push(options['fix'] === true && isFixable(finding) ? mended(finding) : finding);
    }
  }
  out.progressDone();
  const bad = findings.filter(({ state }) => state === 'fail').length;
  const warnings = findings.filter(({ state }) => state === 'warn').length;
  out.data({
    ok: bad === 0,
    data,
    checks: findings.map(({ id, state, what, remedy, fix }) => ({
      id,
      state,
      what,
      remedy: remedy ?? null,
      fixable: fix !== undefined,
    })),
  });
  const rows = findings.map(({ state, id, what }) => [MARKS[state], id, out.say(what)]);
  const lines = tableLines(rows);
  const indent = ' '.repeat(Math.max(0, ...findings.map(({ id }) => widthOf(id))) + 8);
  findings.forEach(({ state, remedy, fix }, i) => {
    out.line(lines[i] ?? '');
    if (state === 'ok' || remedy === undefined) return;
    const byItself =
      fix === undefined
        ? ''
        : out.say({ en: ' (larder doctor --fix does it)', zh: '(larder doctor --fix 可自动修复)' });
    out.line(`${indent}→ ${out.say(remedy)}${byItself}`);
  });
  out.line({
    en: `${findings.length} checks: ${bad} failed, ${warnings} warnings`,
    zh: `共 ${findings.length} 项:${bad} 项不合格,${warnings} 项警告`,
  });
  return bad + warnings > 0 ? EXIT.findings : EXIT.good;
};

const MARKS: Readonly<Record<Finding['state'], string>> = {
  ok: 'ok  ',
  warn: 'WARN',
  fail: 'FAIL',
};

function mended(finding: Finding): Finding {
  try {
    finding.fix?.();
    const { en, zh } = finding.what;
    return { id: finding.id, state: 'ok', what: { en: `${en}: mended`, zh: `${zh}:已修复` } };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const { en, zh } = finding.what;
    return {
      ...finding,
      what: { en: `${en}: could not be mended (${why})`, zh: `${zh}:无法修复(${why})` },
    };
  }
}
