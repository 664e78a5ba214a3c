// The last line of a test run, for people and for machines: `N passed, N failed[, N skipped]`.
// It is written when the process ends, after everything else, and it decides the exit code: a file
// that does not load, a failing hook and a run without a single test are failures too.
import { writeFileSync, writeSync } from 'node:fs';
import type { Reporter, TestModule, TestSuite } from 'vitest/node';

type Counts = { passed: number; failed: number; skipped: number };

/** A vitest reporter that counts, to be listed after the one that shows the details. */
export class SummaryReporter implements Reporter {
  // Until a run has ended there is nothing to be proud of: a crash leaves this as it is.
  #counts: Counts = { passed: 0, failed: 1, skipped: 0 };

  /** Called once by vitest at its start. */
  onInit(): void {
    process.on('exit', () => this.#finish());
  }

  /** Called by vitest when all files have ended, with the errors that belong to no test. */
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const counts: Counts = { passed: 0, failed: unhandled.length, skipped: 0 };
    for (const module of modules) countModule(module, counts);
    this.#counts = counts;
  }

  #finish(): void {
    const line = summaryLine(this.#counts);
    const { passed, failed } = this.#counts;
    if (failed === 0 && passed === 0)
      writeSync(2, 'No test ran: that is a failure, not a success.\n');
    if (failed > 0 || passed === 0) process.exitCode = 1;
    // Tells the launcher that the line is out.
    const file = process.env['TEST_SUMMARY_FILE'];
    if (file !== undefined && file !== '') writeFileSync(file, line);
    writeSync(1, `\n${line}\n`);
  }
}

/** The line itself; skipped tests are named only when there are some. */
export function summaryLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function countModule(module: TestModule, counts: Counts): void {
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === 'passed') counts.passed += 1;
    else if (state === 'skipped') counts.skipped += 1;
    // Pending at the end means that the run was broken off.
    else counts.failed += 1;
  }
  if (module.errors().length > 0) counts.failed += 1;
  for (const suite of module.children.allSuites()) countSuite(suite, counts);
}

/** A hook that fails takes its tests with it: vitest then calls them skipped, we call it failed. */
function countSuite(suite: TestSuite, counts: Counts): void {
  if (suite.errors().length > 0) counts.failed += 1;
}
