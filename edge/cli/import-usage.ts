/** `larder import usage.csv`: what was used before Larder came, as `date,item,qty`; all of it or nothing. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { IMPORT_AMOUNTS_MAX } from '#recipes/contracts/day-command.ts';
import { openKitchen } from '#recipes/kitchen.ts';
import type { ImportProblem } from '../recipe-book/import-problem.ts';
import { bookInForce } from './book-source.ts';
import { askBox, commandBox } from './box-client.ts';
import { EXIT, Stop } from './fail.ts';
import type { RunningBox, Surroundings } from './place.ts';
import { storeDays } from './store-time.ts';
import { readUsageTable, type UsageRow } from './usage-table.ts';
import type { Tool } from './verb.ts';

export type UsageImportTask = {
  readonly name: string;
  /** Rows of the table, heads first. */
  readonly rows: readonly (readonly string[])[];
  /** undefined = none runs, and this is a dry run. */
  readonly box: RunningBox | undefined;
  readonly dryRun: boolean;
  readonly showProblems: (problems: readonly ImportProblem[]) => number;
};

export async function importUsage(
  { around, out }: Tool,
  { name, rows, box, dryRun, showProblems }: UsageImportTask,
): Promise<number> {
  const book = bookInForce(around);
  if (!book) {
    throw new Stop('no_book', {
      en: 'there is no recipe book yet; import one first, so that its items are known',
      zh: '还没有配方册;请先导入,以识别物料',
    });
  }
  const read = readUsageTable(rows, openKitchen(book), await businessDay(around, box));
  if (!read.ok) return showProblems(read.problems);
  const parts = commandsOf(read.rows, basename(name));
  // The box looks at all of it before any of it counts.
  if (box) for (const part of parts) await rehearse(box, part);
  if (box && !dryRun)
    for (const part of parts) await commandBox(box, 'usage.import', part, idOf(part));
  const days = new Set(read.rows.map(({ date }) => date));
  const items = new Set(read.rows.map(({ item }) => item));
  const counts = { amounts: read.rows.length, days: days.size, items: items.size };
  out.data({ dryRun, ...counts });
  const what = {
    en: `${counts.amounts} amounts: ${counts.items} items on ${counts.days} days`,
    zh: `${counts.amounts} 个数量:${counts.items} 种物料、${counts.days} 天`,
  };
  out.line(
    dryRun
      ? {
          en: `${basename(name)} is right: ${what.en}. Nothing was changed (dry run).`,
          zh: `${basename(name)} 检查通过:${what.zh}。未做更改(试运行)。`,
        }
      : {
          en: `imported ${what.en}; the forecast knows them now`,
          zh: `已导入 ${what.zh};预测将使用这些数据`,
        },
  );
  return EXIT.good;
}

type ImportData = {
  readonly items: readonly {
    readonly item: string;
    readonly days: Readonly<Record<string, string>>;
  }[];
  readonly note: string;
};

/** As many commands as it takes; the same file makes the same ones again. */
function commandsOf(rows: readonly UsageRow[], note: string): ImportData[] {
  const parts: ImportData[] = [];
  for (let from = 0; from < rows.length; from += IMPORT_AMOUNTS_MAX) {
    const items = new Map<string, Record<string, string>>();
    for (const { item, date, qty } of rows.slice(from, from + IMPORT_AMOUNTS_MAX)) {
      const days = items.get(item) ?? {};
      days[date] = qty;
      items.set(item, days);
    }
    parts.push({
      items: [...items].map(([item, days]) => ({ item, days })),
      note: note.slice(0, 200),
    });
  }
  return parts;
}

async function rehearse(box: RunningBox, data: ImportData): Promise<void> {
  const command = { id: `${idOf(data)}:try`, kind: 'usage.import', actor: 'larder', data };
  const { results } = await askBox<{
    results: { status: string; code?: string; message?: { en: string; zh: string } }[];
  }>(box, 'POST', '/api/v1/commands?dryRun=1', { body: JSON.stringify({ commands: [command] }) });
  const [result] = results;
  if (result?.status === 'applied') return;
  const words = result?.message ?? { en: 'the box refused it', zh: '主机拒绝导入' };
  throw new Stop(result?.code ?? 'rejected', words);
}

/** The same content has no effect a second time. */
function idOf(data: ImportData): string {
  return `usage:${createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 32)}`;
}

/** The box's; without one that of the store by its settings. */
async function businessDay(around: Surroundings, box: RunningBox | undefined): Promise<string> {
  if (!box) return storeDays(around).dayOf(Date.now());
  return (await askBox<{ businessDay: string }>(box, 'GET', '/api/v1/status')).businessDay;
}
