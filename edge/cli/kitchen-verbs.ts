/** `larder waste`, `larder count`: the tablet's commands for scripts. */
import type { Command } from 'commander';
import { WASTE_REASONS } from '#recipes/contracts/kitchen-command.ts';
import { commandBox } from './box-client.ts';
import { EXIT, wrongUse } from './fail.ts';
import { runningBox } from './place.ts';
import { addVerb, argument, type Hang, type Run, textOf } from './verb.ts';

export function addKitchenVerbs(root: Command, hang: Hang): void {
  addVerb(
    root,
    hang,
    'waste <item> [qty]',
    'log waste of an item, a lot or a dish: waste pork-belly "620 g" --reason spoiled / 报损',
    waste,
  )
    .option('--lot <lot>', 'of this lot; without a quantity all that is left of it / 批次')
    .option('--dish', 'the item is a dish, by its POS code / 物料为菜品编码')
    .option('--reason <reason>', `${WASTE_REASONS.join(', ')}; default: other / 原因`)
    .option('--note <note>', 'a word about it / 备注')
    .option('--id <id>', 'command id; the same id again has no effect / 命令编号');
  const count = root.command('count').description('count what is on a shelf / 盘点');
  addVerb(
    count,
    hang,
    'observe <count> <item> <qty>',
    'what was seen, now: count observe C1 pork-belly "4.2 kg"; 0 = none / 记录实盘',
    observe,
  )
    .option('--place <place>', 'on this shelf / 货位')
    .option('--lot <lot>', 'of this lot / 批次')
    .option('--id <id>', 'command id / 命令编号');
  addVerb(count, hang, 'post <count>', 'the ledger follows what was counted / 过账', post).option(
    '--id <id>',
    'command id / 命令编号',
  );
}

const waste: Run = async ({ around, out }, args, options) => {
  const [what, qty] = [argument(args, 0), argument(args, 1)];
  const reason = textOf(options, 'reason') ?? 'other';
  if (!(WASTE_REASONS as readonly string[]).includes(reason)) {
    throw wrongUse(
      `--reason "${reason}" is none of ${WASTE_REASONS.join(', ')}`,
      `--reason“${reason}”无效;可选 ${WASTE_REASONS.join('、')}`,
    );
  }
  const lot = textOf(options, 'lot');
  const note = textOf(options, 'note');
  const data = {
    ...(options['dish'] === true ? { sku: what } : { item: what }),
    ...(lot === undefined ? {} : { lot }),
    ...(qty === '' ? {} : { qty }),
    reason,
    ...(note === undefined ? {} : { note }),
  };
  const result = await commandBox(runningBox(around), 'waste.log', data, textOf(options, 'id'));
  const { cost, dayCost } = (result.data ?? {}) as { cost?: string | null; dayCost?: string };
  out.data(result);
  out.line({
    en: `${result.status}  wasted ${what}, worth ${cost ?? 'unknown'}; today ${dayCost ?? '0.00'}`,
    zh: `${result.status}  报损 ${what},价值 ${cost ?? '未知'};今日 ${dayCost ?? '0.00'}`,
  });
  return EXIT.good;
};

const observe: Run = async ({ around, out }, args, options) => {
  const [count, item, qty] = [argument(args, 0), argument(args, 1), argument(args, 2)];
  const place = textOf(options, 'place');
  const lot = textOf(options, 'lot');
  const data = {
    count,
    item,
    qty,
    ...(place === undefined ? {} : { place }),
    ...(lot === undefined ? {} : { lot }),
  };
  const result = await commandBox(runningBox(around), 'count.observe', data, textOf(options, 'id'));
  out.data(result);
  out.line({
    en: `${result.status}  ${item}: ${qty}; nothing changes until "larder count post ${count}"`,
    zh: `${result.status}  ${item}:${qty};执行 larder count post ${count} 后过账`,
  });
  return EXIT.good;
};

type PostedLine = { item: string; book: string; counted: string; variance: string };

const post: Run = async ({ around, out }, args, options) => {
  const count = argument(args, 0);
  const id = textOf(options, 'id');
  const result = await commandBox(runningBox(around), 'count.post', { count }, id);
  const { lines = [] } = (result.data ?? {}) as { lines?: PostedLine[] };
  out.data(result);
  for (const { item, book, counted, variance } of lines) {
    out.line({
      en: `${item}: book ${book}, counted ${counted}, variance ${variance}`,
      zh: `${item}:账面 ${book},实盘 ${counted},差异 ${variance}`,
    });
  }
  return EXIT.good;
};
