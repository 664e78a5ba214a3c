/** What belongs under a key of the book, for the messages about wrong shapes. */
export type Hint = { readonly code: string; readonly en: string; readonly zh: string };

const AMOUNT: Hint = {
  code: 'bad_quantity',
  en: 'an amount such as "348 g", "2 ea" or "1 case"',
  zh: '数量，例如 "348 g"、"2 ea"、"1 case"',
};
const RATIO: Hint = { code: 'bad_number', en: 'a number such as 0.87', zh: '数字，例如 0.87' };
const ID: Hint = {
  code: 'bad_id',
  en: 'an id of 1 to 128 of A-Z a-z 0-9 . _ : / -',
  zh: '由 1 至 128 个 A-Z a-z 0-9 . _ : / - 组成的编号',
};
const DURATION: Hint = {
  code: 'bad_duration',
  en: 'a duration such as 3d, 72h or 90m',
  zh: '时长，例如 3d、72h 或 90m',
};
const CLOCK: Hint = {
  code: 'bad_time',
  en: 'a time of day such as "06:00"',
  zh: '时刻，例如 "06:00"',
};
const MONEY: Hint = {
  code: 'bad_money',
  en: 'an amount of money such as "32.00"',
  zh: '金额，例如 "32.00"',
};
const ENTRY: Hint = {
  code: 'bad_entry',
  en: 'an entry with keys and values',
  zh: '带键值的条目',
};
const LIST: Hint = { code: 'bad_list', en: 'a list', zh: '列表' };
const WEEKDAY: Hint = {
  code: 'unknown_weekday',
  en: 'a list of mon tue wed thu fri sat sun',
  zh: '由 mon tue wed thu fri sat sun 组成的列表',
};
const CONTACT: Hint = {
  code: 'bad_contact',
  en: '{ phone: "138 0000 0000", email: orders@example.com }',
  zh: '{ phone: "138 0000 0000", email: orders@example.com }',
};
const SEND: Hint = {
  code: 'bad_send',
  en: 'a list such as [ { by: email, to: orders@example.com } ]; by is email, webhook or chat, robot is wecom, dingtalk or feishu',
  zh: '列表，例如 [ { by: email, to: orders@example.com } ]；by 为 email、webhook 或 chat，robot 为 wecom、dingtalk 或 feishu',
};
const STORE: Hint = {
  code: 'bad_store',
  en: 'the id of a store of the chain, as its box has it in LARDER_STORE',
  zh: '连锁门店编号，与该店主机的 LARDER_STORE 一致',
};
const TEXT: Hint = { code: 'bad_text', en: 'a short text', zh: '简短文字' };

const HINTS: Readonly<Record<string, Hint>> = {
  larder: { code: 'bad_version', en: '1, the version of this format', zh: '1(格式版本)' },
  id: ID,
  item: ID,
  recipe: ID,
  from: ID,
  to: ID,
  on: ID,
  remove: ID,
  name: {
    code: 'bad_name',
    en: 'a text, or { zh: 五花肉, en: Pork belly }',
    zh: '文字，或 { zh: 五花肉, en: Pork belly }',
  },
  sku: {
    code: 'bad_sku',
    en: "the POS's code as text in quotes, or a list of them",
    zh: '加引号的收银编码，或编码列表',
  },
  unit: { code: 'bad_base_unit', en: 'one of g, ml, ea', zh: 'g、ml、ea 之一' },
  units: {
    code: 'bad_unit',
    en: 'units such as { pack: 2 kg, ml: 1.05 g }, names without digits',
    zh: '单位，例如 { pack: 2 kg, ml: 1.05 g }，名称不含数字',
  },
  qty: AMOUNT,
  makes: AMOUNT,
  pack: AMOUNT,
  safety: AMOUNT,
  par: AMOUNT,
  max: AMOUNT,
  yield: RATIO,
  scale: RATIO,
  role: { code: 'bad_role', en: 'main or auxiliary', zh: 'main(主料)或 auxiliary(辅料)' },
  kept: { code: 'bad_kept', en: 'stocked or transparent', zh: 'stocked 或 transparent' },
  rounding: { code: 'bad_rounding', en: 'up, down or nearest', zh: 'up、down 或 nearest' },
  shelfLife: DURATION,
  opened: DURATION,
  thawed: DURATION,
  frozen: DURATION,
  maxTemperature: {
    code: 'bad_temperature',
    en: 'degrees Celsius from -60 to 60, such as 4 or -18',
    zh: '摄氏度 -60 至 60，例如 4 或 -18',
  },
  leadTime: DURATION,
  deliverAt: CLOCK,
  cutOff: CLOCK,
  price: MONEY,
  minimumOrder: MONEY,
  currency: { code: 'bad_currency', en: 'a code such as CNY', zh: '货币代码，例如 CNY' },
  validFrom: {
    code: 'bad_time',
    en: 'an instant with offset such as 2026-11-22T04:00:00+08:00',
    zh: '带时区的时间，例如 2026-11-22T04:00:00+08:00',
  },
  channel: { code: 'bad_channel', en: 'a channel, or a list of them', zh: '渠道或渠道列表' },
  deliveries: WEEKDAY,
  contact: CONTACT,
  phone: CONTACT,
  email: CONTACT,
  send: SEND,
  store: STORE,
  by: SEND,
  robot: SEND,
  items: LIST,
  recipes: LIST,
  modifiers: LIST,
  suppliers: LIST,
  lines: LIST,
  allergens: LIST,
  barcodes: LIST,
  category: TEXT,
  station: TEXT,
  notes: TEXT,
};

/** The hint for the innermost named key of a path: `deliveries[0]` is about `deliveries`. */
export function hintFor(path: readonly PropertyKey[]): { key: string; hint: Hint } | undefined {
  for (let i = path.length - 1; i >= 0; i--) {
    const key = path[i];
    // A unit's own name is free text: what counts is the key above it.
    if (typeof key !== 'string' || path[i - 1] === 'units') continue;
    const way = path[i - 2] === 'send';
    const hint = way ? SEND : Object.hasOwn(HINTS, key) ? HINTS[key] : undefined;
    if (hint === LIST && typeof path.at(-1) === 'number') {
      return { key, hint: key === 'allergens' || key === 'barcodes' ? TEXT : ENTRY };
    }
    return hint === undefined ? undefined : { key, hint };
  }
  return undefined;
}
