/** What head office is alarmed by, in words. */
import type { Words } from '#recipes/contracts/command.ts';

/** Kinds of alarms of a store; names are part of the public contract. */
export const ALARM_KINDS = {
  silent: {
    en: 'nothing has been heard of it for more than 5 minutes: look whether its box and its line are up',
    zh: '已超过 5 分钟没有消息:请检查门店主机和网络',
  },
  lag: {
    en: 'head office has been behind it for more than 5 minutes: its bridge cannot send fast enough, or something holds it up',
    zh: '总部数据已滞后超过 5 分钟:门店上传过慢或受阻',
  },
  differs: {
    en: 'its balances and those of head office differ: the store page names them',
    zh: '门店结存与总部不一致:门店页面列出了具体项目',
  },
  two_boxes: {
    en: 'two boxes work for it: switch one off, or choose which one is the store',
    zh: '有两台主机在为同一门店工作:请停用一台,或指定其中一台',
  },
  refused: {
    en: 'it refused what was sent down to it: the catalog says why',
    zh: '门店拒绝了下发的内容:原因见下发列表',
  },
} as const satisfies Readonly<Record<string, Words>>;
export type AlarmKind = keyof typeof ALARM_KINDS;
