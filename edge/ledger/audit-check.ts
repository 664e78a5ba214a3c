/** What an audit collects: for each invariant how much was looked at, and what is wrong with it. */
import { must } from '#recipes/assert.ts';
import type { Words } from '#recipes/contracts/command.ts';

export type Breach = {
  /** What it is about: "entry 17", "sale T1-000123". */
  readonly where: string;
  /** What is wrong there, with the figures. */
  readonly detail: string;
};

export type AuditCheck = {
  readonly id: CheckId;
  readonly what: Words;
  /** How many things were looked at. */
  readonly count: number;
  /** The first ones; `breachCount` counts all. */
  readonly breaches: readonly Breach[];
  readonly breachCount: number;
  /** Of the pass over the file in which it was checked, milliseconds; passes serve several checks. */
  readonly ms: number;
};

/** Every invariant, in the order in which a person should read them. */
export const CHECKS = {
  file: { en: 'SQLite finds the file whole', zh: 'SQLite 文件完整' },
  schema: {
    en: 'tables, indexes and append-only triggers are as this version makes them',
    zh: '表、索引与只增触发器与本版本一致',
  },
  sequence: { en: 'entries are numbered from 1 without a gap', zh: '记录从 1 起连续编号' },
  chain: {
    en: 'each entry carries the hash of its content and its past',
    zh: '每条记录的哈希链正确',
  },
  moves: {
    en: 'each move belongs to an entry and takes a positive amount between two known places',
    zh: '每条移动属于某条记录，数量为正，位置已知',
  },
  causes: { en: 'each entry names a cause that exists', zh: '每条记录的来源存在' },
  lots: {
    en: 'each lot exists, belongs to its item, and came in with its amount',
    zh: '每个批次存在、属于其物料，且入库数量一致',
  },
  negative: {
    en: 'no lot ever went below zero, the unallocated one excepted',
    zh: '除未分配批次外，没有批次低于零',
  },
  balances: { en: 'balances equal the sum of the moves', zh: '余额等于移动之和' },
  zero: { en: 'per item all places add up to zero', zh: '每种物料各位置合计为零' },
  events: {
    en: 'every event is there once, under its number, in one known state',
    zh: '每个事件恰有一条，编号连续，状态唯一',
  },
  sales: { en: 'each sale names the events that made it', zh: '每笔销售对应其事件' },
  links: {
    en: 'what waits, was taken back or conflicts names what exists',
    zh: '等待、退回与冲突均指向存在的销售或事件',
  },
  effects: {
    en: 'each event moved exactly what its result says, and each accepted sale is known',
    zh: '每个事件的移动数与结果一致，每笔已接受的销售均在账',
  },
  once: {
    en: 'no line of a sale was taken twice, and no more was put back than was taken',
    zh: '销售行不重复扣减，退回不超过扣减',
  },
  contents: {
    en: 'the bytes of each event say what was stored about it',
    zh: '事件原文与登记内容一致',
  },
  exploded: {
    en: 'each sale, exploded again with the book and codes of its time, gives its moves',
    zh: '按当时的配方册重新展开，每笔销售与移动一致',
  },
  lives: {
    en: 'each life of the box, and what it took over of others, has its entry',
    zh: '主机的每次接续及其接管内容均有记录',
  },
  commands: { en: 'each command has its answer and its entry', zh: '每条命令有结果与记录' },
  books: {
    en: 'each recipe book can be read and is the one adopted',
    zh: '配方册可读且与启用时一致',
  },
  streams: {
    en: 'sequence numbers: ranges do not overlap and end where the stream says',
    zh: '序号区间不重叠且与进度一致',
  },
  values: {
    en: 'what was trimmed, opened or cooked carries exactly what went into it',
    zh: '修割、开封与备料所得的成本等于投入之值',
  },
  prep: { en: 'inferred prep is what its entries add up to', zh: '推定备料与其记录相符' },
  usage: {
    en: 'what was used by day is what the moves add up to; notes and imports have their entries',
    zh: '每日用量等于移动之和,备注与导入均有记录',
  },
  dayCloses: { en: 'each day close can be read and has its event', zh: '日结可读且对应事件' },
  counts: {
    en: 'what was counted last is what the book says of that moment',
    zh: '最近一次盘点的数量与该时刻的账面一致',
  },
  people: {
    en: 'people and tablets are what their entries say',
    zh: '人员与平板与账本记录一致',
  },
  orders: {
    en: 'orders, their history and credit notes are what their entries say',
    zh: '订单、其历史与退款单与账本记录一致',
  },
  transfers: {
    en: 'goods between stores, requisitions and outside work are what their entries say',
    zh: '调拨、要货与委外加工与账本记录一致',
  },
  catalog: {
    en: 'what head office sent, and what is different here, is what the entries say',
    zh: '总部下发内容与本店差异与账本记录一致',
  },
} as const satisfies Readonly<Record<string, Words>>;
export type CheckId = keyof typeof CHECKS;

/** Breaches kept in words for each check. */
export const BREACHES_KEPT = 20;

export type Checks = {
  /** Notes that `n` things were looked at. */
  count(id: CheckId, n: number): void;
  breach(id: CheckId, where: string, detail: string): void;
  /** Runs one pass that answers some checks; what cannot be read is a breach of the first. */
  pass(ids: readonly CheckId[], work: () => void): void;
  report(): AuditCheck[];
};

export function openChecks(mono: () => number, isReadFault: (error: unknown) => boolean): Checks {
  const open = new Map<
    CheckId,
    { count: number; breachCount: number; breaches: Breach[]; ms: number }
  >();

  function state(id: CheckId) {
    const known = open.get(id) ?? { count: 0, breachCount: 0, breaches: [], ms: 0 };
    open.set(id, known);
    return known;
  }

  function breach(id: CheckId, where: string, detail: string): void {
    const check = state(id);
    check.breachCount++;
    if (check.breaches.length < BREACHES_KEPT) check.breaches.push({ where, detail });
  }

  return {
    breach,
    count(id, n) {
      state(id).count += n;
    },
    pass(ids, work) {
      for (const id of ids) state(id);
      const start = mono();
      try {
        work();
      } catch (error) {
        // A damaged file must not hide what the other passes can still find.
        if (!isReadFault(error)) throw error;
        const [first] = ids;
        breach(must(first, 'a pass answers a check'), 'file', `cannot be read: ${String(error)}`);
      }
      const ms = Math.round(mono() - start);
      for (const id of ids) state(id).ms += ms;
    },
    report: () =>
      (Object.keys(CHECKS) as CheckId[]).flatMap((id) => {
        const found = open.get(id);
        return found ? [{ id, what: CHECKS[id], ...found }] : [];
      }),
  };
}
