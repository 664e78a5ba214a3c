/** What the settings of the page may say, and what holds while nobody has said anything. */
import type { CommandData } from '#recipes/contracts/command.ts';
import type { Refusal } from './commands/execute.ts';
import type { Config } from './config.ts';
import { refuse } from './refuse.ts';
import type { Settings } from './setting-store.ts';

type Key = CommandData<'setting.set'>['key'];

/** Switches; all are on until somebody turns them off. */
export type Switch = 'inferPrep' | 'blindCounts' | 'showMoney';

/** Whether a switch is on. */
export function isOn(settings: Pick<Settings, 'get'>, key: Switch): boolean {
  return settings.get(key) !== 'off';
}

/** Why a setting does not take this value, or undefined. */
export function badSetting(
  key: Key,
  value: string,
  config: Pick<Config, 'decided'>,
): Refusal | undefined {
  const by = lockedBy(key, config);
  if (by === undefined) return RULES[key](value);
  return refuse(
    'locked_setting',
    `${key} is decided by ${by}; change it there and start the box again`,
    `${key} 由 ${by} 设定;请在该处修改并重启主机`,
  );
}

/** What decides this setting before the page: `larder.yaml voidRule.madeAfter`; undefined = nothing. */
export function lockedBy(key: Key, { decided }: Pick<Config, 'decided'>): string | undefined {
  const name = IN_CONFIG[key];
  return name === undefined ? undefined : decided[name];
}

/** After how long from firing a voided dish counts as made, seconds. */
export function madeAfterS(settings: Pick<Settings, 'get'>, config: Config): number {
  if (lockedBy('madeAfter', config) !== undefined) return config.madeAfterS;
  return Number(settings.get('madeAfter') ?? config.madeAfterS);
}

/** Settings of the page that the configuration knows, too. */
const IN_CONFIG: Readonly<Partial<Record<Key, keyof Config>>> = { madeAfter: 'madeAfterS' };

const onOrOff = (key: Switch) => (value: string) =>
  value === 'on' || value === 'off'
    ? undefined
    : refuse('bad_setting', `${key} is "on" or "off"`, `${key} 的取值为 "on" 或 "off"`);

const RULES: Readonly<Record<Key, (value: string) => Refusal | undefined>> = {
  storeName: (value) =>
    value.trim() === ''
      ? refuse('bad_setting', 'the store needs a name', '门店名称不能为空')
      : undefined,
  madeAfter: (value) =>
    /^\d{1,5}$/.test(value)
      ? undefined
      : refuse('bad_setting', 'madeAfter is a number of seconds', 'madeAfter 为秒数'),
  inferPrep: onOrOff('inferPrep'),
  blindCounts: onOrOff('blindCounts'),
  showMoney: onOrOff('showMoney'),
  setupDone: (value) =>
    value === 'yes'
      ? undefined
      : refuse('bad_setting', 'setupDone is "yes"', 'setupDone 的取值为 "yes"'),
};
