/** One cell to one value of the book and back. A wrong value goes on as it is: the book's check says why. */
import { plainDecimal } from '#recipes/amount.ts';

export type Codec = {
  /** `text` is trimmed and not empty. */
  read(text: string): unknown;
  write(value: unknown): string;
};

/** As written: text, or an amount with its unit or without. */
export const text: Codec = { read: (cell) => cell, write: scalar };

/** Money or a ratio: a plain number, or text such as "87%". */
export const decimal: Codec = { read: (cell) => cell, write: scalar };

/** "06:00"; spreadsheets write 6:00, or 06:00:00. */
export const clock: Codec = {
  read(cell) {
    const [, hour = '', minute = ''] = /^(\d{1,2}):(\d{2})(?::00)?$/.exec(cell) ?? [];
    return hour === '' ? cell : `${hour.padStart(2, '0')}:${minute}`;
  },
  write: scalar,
};

/** Several texts: "a; b". One that has a separator inside makes the whole cell a JSON list. */
export const list: Codec = {
  read: readList,
  write(value) {
    const values = (Array.isArray(value) ? value : [value]).map(String);
    const plain = values.every((one) => one !== '' && one === one.trim() && !/[;；\n[]/.test(one));
    return plain ? values.join('; ') : JSON.stringify(values);
  },
};

/** "pack = 2 kg; ml = 1.05 g" */
export const units: Codec = {
  read(cell) {
    const json = jsonIn(cell, '{');
    if (json !== undefined) return json;
    const entries = cell
      .split(/[;；\n]/)
      .filter((part) => part.trim() !== '')
      .map((part) => {
        const at = part.search(/[=＝]/);
        return at < 0 ? [part.trim(), ''] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
      });
    return Object.fromEntries(entries) as unknown;
  },
  write(value) {
    const entries = Object.entries(value as Record<string, unknown>).map(
      ([k, v]) => [k, scalar(v)] as const,
    );
    const plain = entries.every((pair) =>
      pair.every((one) => one === one.trim() && !/[;；\n=＝{]/.test(one)),
    );
    if (!plain || entries.length === 0) return JSON.stringify(Object.fromEntries(entries));
    return entries.map(([name, amount]) => `${name} = ${amount}`).join('; ');
  },
};

export const unit = words({ 克: 'g', 毫升: 'ml', 个: 'ea', 只: 'ea', 份: 'ea', 件: 'ea' });
export const role = words({ 主料: 'main', 辅料: 'auxiliary' });
export const kept = words({ 预制: 'stocked', 备料: 'stocked', 现做: 'transparent' });
export const rounding = words({ 向上: 'up', 向下: 'down', 四舍五入: 'nearest' });

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAYS_ZH = ['一', '二', '三', '四', '五', '六', '日'];

/** "mon; wed" or "周一、周三". */
export const weekdays: Codec = {
  read: (cell) =>
    cell
      .split(/[;；、,，\s]+/)
      .filter((day) => day !== '')
      .map((day) => {
        const short = day.replace(/^(周|星期|礼拜)/, '').replace('天', '日');
        const at = DAYS_ZH.indexOf(short);
        return DAYS[at] ?? day.toLowerCase().slice(0, 3);
      }),
  write: (value) => (value as string[]).join('; '),
};

const ROBOTS: Readonly<Record<string, string>> = {
  企业微信: 'wecom',
  钉钉: 'dingtalk',
  飞书: 'feishu',
};
const WAYS: Readonly<Record<string, string>> = { 邮件: 'email', 邮箱: 'email' };

/** "email: orders@example.com; wecom: https://…": how orders reach a supplier. */
export const ways: Codec = {
  read(cell) {
    const json = jsonIn(cell, '[');
    if (json !== undefined) return json;
    return cell
      .split(/[;；\n]/)
      .filter((part) => part.trim() !== '')
      .map((part) => {
        const [, name = '', to = ''] = /^([^:：]*)[:：](.*)$/.exec(part.trim()) ?? [];
        const by = name.trim();
        const robot = ROBOTS[by] ?? by.toLowerCase();
        if (['wecom', 'dingtalk', 'feishu'].includes(robot))
          return { by: 'chat', robot, to: to.trim() };
        return { by: WAYS[by] ?? by.toLowerCase(), to: to.trim() };
      });
  },
  write(value) {
    const list = value as { by: string; robot?: string; to: string }[];
    const plain = list.every(({ to, by, robot }) => {
      return to === to.trim() && !/[;；\n]/.test(to) && (by === 'chat') === (robot !== undefined);
    });
    if (!plain || list.length === 0) return JSON.stringify(list);
    return list.map(({ by, robot, to }) => `${robot ?? by}: ${to}`).join('; ');
  },
};

/** A closed list that people also write in Chinese. */
function words(zh: Readonly<Record<string, string>>): Codec {
  return { read: (cell) => zh[cell] ?? cell.toLowerCase(), write: scalar };
}

function readList(cell: string): unknown {
  const json = jsonIn(cell, '[');
  if (json !== undefined) return json;
  return cell
    .split(/[;；\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function jsonIn(cell: string, first: string): unknown {
  if (!cell.startsWith(first)) return undefined;
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return undefined;
  }
}

function scalar(value: unknown): string {
  return typeof value === 'number' ? plainDecimal(value) : String(value);
}
