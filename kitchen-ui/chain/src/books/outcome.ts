import type { Lang } from '#recipes/words/words.ts';
import { moneyText } from '../text.ts';
import { tell } from '../words.ts';

type Detail = Readonly<Record<string, unknown>> | null;

/** What a store says of a version: why not, or what it comes to. */
export function outcomeLines(lang: Lang, detail: Detail, currency: string | null): string[] {
  return [
    reasonLine(lang, detail?.['reason']),
    rehearsalLine(lang, detail?.['rehearsal'], currency),
    correctedLine(lang, detail?.['corrected']),
  ].filter((line) => line !== '');
}

function reasonLine(lang: Lang, reason: unknown): string {
  const said = lang === 'zh' ? fieldOf(reason, 'zh') : fieldOf(reason, 'en');
  const text = said ?? fieldOf(reason, 'code');
  return typeof text === 'string' ? text : '';
}

function rehearsalLine(lang: Lang, rehearsal: unknown, currency: string | null): string {
  const sales = fieldOf(rehearsal, 'sales');
  const days = fieldOf(rehearsal, 'days');
  const changed = fieldOf(rehearsal, 'changed');
  const before = fieldOf(fieldOf(rehearsal, 'cost'), 'before');
  const after = fieldOf(fieldOf(rehearsal, 'cost'), 'after');
  if (typeof sales !== 'number' || typeof days !== 'number') return '';
  const head = tell(lang, 'hq.rehearsal.sales', { days, sales });
  if (typeof changed !== 'number' || changed === 0) {
    return `${head} ${tell(lang, 'hq.rehearsal.same')}`;
  }
  if (typeof before !== 'string' || typeof after !== 'string') return head;
  return `${head} ${tell(lang, 'hq.rehearsal.cost', {
    n: changed,
    before: moneyText(lang, before, currency),
    after: moneyText(lang, after, currency),
  })}`;
}

function correctedLine(lang: Lang, corrected: unknown): string {
  if (typeof corrected !== 'number' || corrected === 0) return '';
  return tell(lang, 'hq.rehearsal.corrected', { n: corrected });
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
