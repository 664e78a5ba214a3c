/** `larder suggest`: what to order for the next delivery day, as a table or as the API answers it. */
import type { Command } from 'commander';
import type { Words } from '#recipes/contracts/command.ts';
import { isDay } from '#recipes/time/business-day.ts';
import { readableText } from '#recipes/words/readable.ts';
import { type Name, nameIn } from '#recipes/words/words.ts';
import { askBox } from './box-client.ts';
import { EXIT, wrongUse } from './fail.ts';
import { type Output, tableLines } from './output.ts';
import { type RunningBox, runningBox } from './place.ts';
import { addVerb, type Hang, type Run, textOf } from './verb.ts';

/** The answer of the box, as far as the table shows it. */
type Told = {
  readonly for: string;
  readonly currency: string;
  readonly timezone: string;
  readonly special: { readonly name: Name } | null;
  readonly accuracy: {
    readonly wape: string | null;
    readonly ordered: string | null;
    readonly lowConfidence: number;
  };
  readonly suppliers: readonly ToldSupplier[];
};

type ToldSupplier = {
  readonly supplier: string;
  readonly name: Name;
  readonly cutOff: string | null;
  readonly pastCutOff: boolean;
  readonly minimumOrder: string | null;
  readonly belowMinimum: boolean;
  readonly subtotal: string;
  readonly lines: readonly {
    readonly item: string;
    readonly name: Name;
    readonly unit: string;
    readonly onHand: string;
    readonly need: string;
    readonly onOrder: string;
    readonly quantity: string;
    readonly packs: number;
    readonly packText: string;
    readonly amount: string | null;
    readonly why: Words;
  }[];
};

export function addSuggest(root: Command, hang: Hang): void {
  addVerb(root, hang, 'suggest', 'what to order for the next delivery day / 采购建议', run)
    .option('--for <date>', 'delivery day YYYY-MM-DD; default: the next one / 到货日')
    .option('--print <printer>', 'print it there / 打印到此打印机');
}

const run: Run = async ({ around, out }, _args, options) => {
  const day = textOf(options, 'for');
  if (day !== undefined && !isDay(day)) {
    throw wrongUse(
      `--for "${day}" is no day; write 2026-11-23`,
      `--for“${day}”不是有效日期;示例 2026-11-23`,
    );
  }
  const box = runningBox(around);
  const query = day === undefined ? '' : `?for=${day}`;
  const view = await askBox<Told>(box, 'GET', `/api/v1/suggestions${query}`);
  const printer = textOf(options, 'print');
  const jobs = printer === undefined ? undefined : await print(box, view.for, printer, out);
  out.data(jobs === undefined ? view : { ...view, jobs });
  if (jobs === undefined) show(out, view);
  else {
    for (const { job } of jobs)
      out.line({
        en: `printing as job ${job} on ${printer}`,
        zh: `已提交打印:作业 ${job}(${printer})`,
      });
  }
  return EXIT.good;
};

type Job = { readonly job: number | string; readonly state: string };

async function print(
  box: RunningBox,
  day: string,
  printer: string,
  { lang }: Output,
): Promise<readonly Job[]> {
  const body = JSON.stringify({ what: 'suggestion', for: day, printer, language: lang });
  const { jobs } = await askBox<{ jobs: Job[] }>(box, 'POST', '/api/v1/print', { body });
  return jobs;
}

function show(out: Output, view: Told): void {
  const { accuracy, special } = view;
  const extra = special === null ? '' : ` · ${nameIn(out.lang, special.name)}`;
  out.line({ en: `to arrive on ${view.for}${extra}`, zh: `到货日 ${view.for}${extra}` });
  if (view.suppliers.length === 0)
    out.line({ en: 'nobody delivers on this day', zh: '当天没有供应商送货' });
  for (const supplier of view.suppliers) showSupplier(out, view, supplier);
  const percent = (share: string | null) =>
    share === null ? '–' : `${Math.round(Number(share) * 100)} %`;
  out.line({
    en: `error of the forecast ${percent(accuracy.wape)}, of what was ordered ${percent(accuracy.ordered)}; by par for want of history: ${accuracy.lowConfidence} items`,
    zh: `预测误差 ${percent(accuracy.wape)},人工订货误差 ${percent(accuracy.ordered)};历史不足按标准库存 ${accuracy.lowConfidence} 项`,
  });
}

const HEADS = {
  zh: ['物料', '现存', '预计需', '在途', '建议', '包装', '金额', '为何'],
  en: ['item', 'on hand', 'need', 'on order', 'order', 'packs', 'amount', 'why'],
} as const;

function showSupplier(out: Output, { currency, timezone }: Told, supplier: ToldSupplier): void {
  const { lang } = out;
  const wanted = supplier.lines.filter(({ packs }) => packs > 0);
  const cutOff = supplier.pastCutOff
    ? { en: 'too late to order', zh: '已过截单' }
    : {
        en: `order until ${local(supplier.cutOff, timezone)}`,
        zh: `截单 ${local(supplier.cutOff, timezone)}`,
      };
  out.line('');
  out.line(`${nameIn(lang, supplier.name, supplier.supplier)} · ${out.say(cutOff)}`);
  const rows = wanted.map((line) => {
    const say = (amount: string) => readableText(lang, amount, line.unit, 3);
    return [
      nameIn(lang, line.name, line.item),
      say(line.onHand),
      say(line.need),
      say(line.onOrder),
      say(line.quantity),
      `${line.packs} × ${line.packText}`,
      line.amount ?? '–',
      line.why[lang],
    ];
  });
  if (rows.length > 0)
    for (const row of tableLines([[...HEADS[lang]], ...rows])) out.line(`  ${row}`);
  const enough = supplier.lines.length - wanted.length;
  const below = supplier.belowMinimum
    ? { en: ` (minimum ${supplier.minimumOrder})`, zh: `(起订 ${supplier.minimumOrder})` }
    : { en: '', zh: '' };
  out.line({
    en: `  ${wanted.length} to order, ${enough} enough; subtotal ${supplier.subtotal} ${currency}${below.en}`,
    zh: `  订 ${wanted.length} 项,够用 ${enough} 项;小计 ${supplier.subtotal} ${currency}${below.zh}`,
  });
}

/** In the store's time. */
function local(at: string | null, timeZone: string): string {
  return at === null ? '–' : new Date(at).toLocaleString('sv-SE', { timeZone }).slice(5, 16);
}
