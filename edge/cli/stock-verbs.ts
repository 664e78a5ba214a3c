/** `larder receive`, `larder map`, `larder inbox`, `larder terminal add`: the tablet's commands for scripts. */
import type { Command } from 'commander';
import type { Words } from '#recipes/contracts/command.ts';
import { askBox, commandBox } from './box-client.ts';
import { EXIT, wrongUse } from './fail.ts';
import { type RunningBox, runningBox } from './place.ts';
import { endOfDay, instantIn } from './store-time.ts';
import { addVerb, argument, type Hang, type Run, textOf } from './verb.ts';

export function addStockVerbs(root: Command, hang: Hang): void {
  addVerb(
    root,
    hang,
    'receive <item> <qty>',
    'a delivery of one item: receive pork-belly "2 pack" / 收货',
    receive,
  )
    .option('--lot <lot>', 'lot as printed on it / 批次')
    .option('--expires <time>', 'date or time / 到期')
    .option('--price <price>', 'per 1 of the unit of the quantity / 单价')
    .option('--supplier <id>', 'who delivered / 供应商')
    .option('--id <id>', 'command id; the same id again has no effect / 命令编号');
  addVerb(root, hang, 'map <sku> [recipe]', 'say what a POS code is / 匹配收银编码', map).option(
    '--ignore',
    'it has no meaning for stock / 与库存无关',
  );
  addVerb(root, hang, 'inbox', 'what needs a person / 待处理', inbox);
  const terminal = root.command('terminal').description('POS terminals / 收银终端');
  addVerb(
    terminal,
    hang,
    'add <name>',
    'give a terminal its own user and password / 添加终端',
    addTerminal,
  );
}

const receive: Run = async ({ around, out }, args, options) => {
  const [item, qty] = [argument(args, 0), argument(args, 1)];
  const expires = textOf(options, 'expires');
  const box = runningBox(around);
  const optional = {
    lot: textOf(options, 'lot'),
    price: textOf(options, 'price'),
    ...(expires === undefined ? {} : { expiresAt: await expiryOf(box, expires) }),
  };
  const supplier = textOf(options, 'supplier');
  const data = {
    ...(supplier === undefined ? {} : { supplier }),
    lines: [{ item, qty, ...optional }],
  };
  const result = await commandBox(box, 'delivery.receive', data, textOf(options, 'id'));
  const { lots } = (result.data ?? {}) as { lots?: { lot: string }[] };
  const stock = await askBox<{ onHand: string; unit: string }>(
    box,
    'GET',
    `/api/v1/stock/${encodeURIComponent(item)}`,
  );
  const lot = lots?.[0]?.lot ?? '';
  out.data({ ...result, onHand: stock.onHand, unit: stock.unit });
  out.line({
    en: `${result.status}  ${qty} ${item}, lot ${lot}; on hand now ${stock.onHand} ${stock.unit}`,
    zh: `${result.status}  ${item} ${qty},批次 ${lot};现有 ${stock.onHand} ${stock.unit}`,
  });
  return EXIT.good;
};

/** A date alone is good until its end, by the store's clock. */
async function expiryOf(box: RunningBox, text: string): Promise<string> {
  const { timezone } = await askBox<{ timezone: string }>(box, 'GET', '/api/v1/status');
  const at = instantIn(text, timezone, (day) => endOfDay(day, timezone));
  if (!Number.isNaN(at)) return new Date(at).toISOString();
  throw wrongUse(
    `--expires "${text}" is no time; write 2026-11-22 or 2026-11-22T18:00:00+08:00`,
    `--expires“${text}”不是有效时间;示例 2026-11-22`,
  );
}

const map: Run = async ({ around, out }, args, options) => {
  const [sku, recipe] = [argument(args, 0), argument(args, 1)];
  const ignore = options['ignore'] === true;
  if ((recipe === '') !== ignore) {
    throw wrongUse(
      'say one of both: larder map SKU RECIPE, or larder map SKU --ignore',
      '二选一:larder map 编码 配方,或 larder map 编码 --ignore',
    );
  }
  const result = await commandBox(
    runningBox(around),
    'sku.map',
    ignore ? { sku, ignore: true } : { sku, recipe },
  );
  out.data(result);
  out.line({
    en: ignore
      ? `${sku} has no meaning for stock from now on`
      : `${sku} is ${recipe}; what waited for it is posted`,
    zh: ignore ? `${sku} 与库存无关` : `${sku} 已匹配为 ${recipe};等待的销售已入账`,
  });
  return EXIT.good;
};

type InboxItem = {
  kind: string;
  severity: 'act' | 'watch';
  since: string;
  title: Words;
  detail: Words;
};

const inbox: Run = async ({ around, out }) => {
  const { items } = await askBox<{ items: InboxItem[] }>(
    runningBox(around),
    'GET',
    '/api/v1/inbox',
  );
  out.data({ items });
  const act = items.filter(({ severity }) => severity === 'act');
  for (const { severity, title, detail } of [
    ...act,
    ...items.filter((item) => item.severity !== 'act'),
  ]) {
    const mark = severity === 'act' ? '!' : '·';
    out.line({ en: `${mark} ${title.en}: ${detail.en}`, zh: `${mark} ${title.zh}:${detail.zh}` });
  }
  out.line({
    en:
      items.length === 0
        ? 'nothing needs you'
        : `${act.length} to act on, ${items.length - act.length} to watch`,
    zh:
      items.length === 0
        ? '没有需要处理的事'
        : `待处理 ${act.length},关注 ${items.length - act.length}`,
  });
  return act.length > 0 ? EXIT.findings : EXIT.good;
};

const addTerminal: Run = async ({ around, out }, args) => {
  const terminal = argument(args, 0);
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(terminal)) {
    throw wrongUse(
      `"${terminal}" is no terminal name: A-Z a-z 0-9 _ -`,
      `“${terminal}”不是有效终端名:A-Z a-z 0-9 _ -`,
    );
  }
  await commandBox(runningBox(around), 'device.terminal', { terminal });
  const box = runningBox(around);
  const account = box.secrets.posTerminals[terminal];
  out.data({ terminal, ...account });
  out.line({
    en: `${terminal}: user ${account?.username}, password ${account?.password}`,
    zh: `${terminal}:用户名 ${account?.username},密码 ${account?.password}`,
  });
  return EXIT.good;
};
