/** What people say of days, and the use of days before Larder came. Neither moves any stock. */
import { MICRO } from '#recipes/amount.ts';
import {
  type DayForget,
  type DayNoteData,
  IMPORT_AMOUNTS_MAX,
  NOTE_DAYS_MAX,
  type UsageImport,
} from '#recipes/contracts/day-command.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import { dayNumber, daysBetween } from '#recipes/time/business-day.ts';
import type { Carried, CommandContext, Handlers, Refusal } from '../commands/execute.ts';
import { givenName } from '../given-name.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { refuse } from '../refuse.ts';
import type { DayNote, NoteStore } from './note-store.ts';
import type { ImportedDay, UsageStore } from './usage-store.ts';

export type DayCommandParts = {
  readonly ledger: Ledger;
  readonly dayOf: (at: number) => number;
  readonly notes: NoteStore;
  readonly usage: Pick<UsageStore, 'insertImport'>;
  /** The book in force now. */
  readonly kitchen: () => Kitchen | undefined;
};

export function dayCommands(
  parts: DayCommandParts,
): Pick<Handlers, 'day.note' | 'day.forget' | 'usage.import'> {
  return {
    'day.note': (data, context) => noteDay(parts, data, context),
    'day.forget': (data, context) => forgetNote(parts, data, context),
    'usage.import': (data, context) => importUsage(parts, data, context),
  };
}

function noteDay(parts: DayCommandParts, data: DayNoteData, context: CommandContext): Carried {
  const { kind } = data;
  const said = {
    from: dayNumber(data.from),
    to: dayNumber(data.to ?? data.from),
    kind,
    value: data.value ?? VALUES[kind] ?? null,
    reason: data.reason ?? null,
  };
  const bad = badNote(parts, said, context);
  if (bad) return bad;
  const seq = appendOfCommand(parts, { kind: 'day', note: { what: 'note', ...data } }, context);
  const isFree = (name: string) => parts.notes.get(name) === undefined;
  const id = data.id ?? givenName(context, 0, isFree, () => `N${seq}`);
  parts.notes.put({ id, entry: seq, ...said });
  return { ok: true, seq, data: { note: id } };
}

/** What holds when nobody said a number. */
const VALUES: Readonly<Partial<Record<DayNoteData['kind'], string>>> = {
  half: '0.5',
  promotion: '1',
};

function badNote(
  parts: DayCommandParts,
  { from, to, kind, value, reason }: Omit<DayNote, 'id' | 'entry'>,
  { now }: CommandContext,
): Refusal | undefined {
  const days = daysBetween(from, to) + 1;
  if (days < 1 || days > NOTE_DAYS_MAX) {
    return refuse(
      'bad_days',
      `to: a note spans 1 to ${NOTE_DAYS_MAX} days, from not after to`,
      `to:备注的天数应为 1 至 ${NOTE_DAYS_MAX},且 from 不晚于 to`,
    );
  }
  const number = Number(value);
  if (kind === 'half' && !(number > 0 && number < 1)) {
    return refuse(
      'bad_value',
      'value: a half day is open for a share between 0 and 1, like "0.5"',
      'value:半天营业的比例应在 0 与 1 之间,例如 "0.5"',
    );
  }
  if (kind === 'weather' && value === null) {
    return refuse(
      'bad_value',
      'value: say the weather as a number, on the same scale every day',
      'value:天气请用数字表示,每天使用同一标准',
    );
  }
  if (kind !== 'event') return undefined;
  if (value !== null && !(number > 0 && number <= FACTOR_MAX)) {
    return refuse(
      'bad_value',
      `value: the factor of an event is more than 0 and at most ${FACTOR_MAX}, "1.2" = +20 %`,
      `value:活动系数应大于 0 且不超过 ${FACTOR_MAX},"1.2" 表示 +20 %`,
    );
  }
  if (value === null && !wasBefore(parts, reason, parts.dayOf(now))) {
    return refuse(
      'no_factor',
      'value: nothing is known yet of events of this reason; say a factor, "1.2" = +20 %',
      'value:尚无同类活动的记录;请填写系数,"1.2" 表示 +20 %',
    );
  }
  return undefined;
}

const FACTOR_MAX = 20;

/** 100 t in millionths of a gram: beyond it sums over a cover would leave the safe integers. */
const DAY_AMOUNT_MAX = 100_000_000 * MICRO;

/** Whether an event of this reason is over: then it says what the next one comes to. */
function wasBefore({ notes }: DayCommandParts, reason: string | null, today: number): boolean {
  if (reason === null) return false;
  return notes
    .between(0, today)
    .some((note) => note.kind === 'event' && note.reason === reason && note.to < today);
}

function forgetNote(parts: DayCommandParts, data: DayForget, context: CommandContext): Carried {
  if (!parts.notes.get(data.note)) {
    return refuse(
      'unknown_note',
      `note: there is no note "${data.note}"`,
      `note:没有备注“${data.note}”`,
    );
  }
  const seq = appendOfCommand(parts, { kind: 'day', note: { what: 'forget', ...data } }, context);
  parts.notes.remove(data.note, seq);
  return { ok: true, seq, data: { note: data.note } };
}

function importUsage(parts: DayCommandParts, data: UsageImport, context: CommandContext): Carried {
  const kitchen = parts.kitchen();
  if (!kitchen) {
    return refuse(
      'no_book',
      'there is no recipe book yet; import one first',
      '还没有配方册;请先导入',
    );
  }
  const rows = readAmounts(parts, kitchen, data, parts.dayOf(context.now));
  if (!Array.isArray(rows)) return rows;
  const seq = appendOfCommand(parts, { kind: 'usage', note: data }, context);
  for (const row of rows) parts.usage.insertImport(row, seq);
  return { ok: true, seq, data: { amounts: rows.length } };
}

function readAmounts(
  { ledger }: DayCommandParts,
  kitchen: Kitchen,
  { items }: UsageImport,
  today: number,
): ImportedDay[] | Refusal {
  const count = items.reduce((sum, { days }) => sum + Object.keys(days).length, 0);
  if (count > IMPORT_AMOUNTS_MAX) {
    return refuse(
      'too_many_amounts',
      `items: ${count} amounts; send at most ${IMPORT_AMOUNTS_MAX} at once`,
      `items:共 ${count} 个数量;每次最多 ${IMPORT_AMOUNTS_MAX} 个`,
    );
  }
  const rows: ImportedDay[] = [];
  for (const [i, { item: id, days }] of items.entries()) {
    const item = kitchen.items.get(id);
    if (!item) {
      return refuse(
        'unknown_item',
        `items[${i}].item: "${id}" is not in the recipe book`,
        `items[${i}].item:配方册中没有物料“${id}”`,
      );
    }
    const number = ledger.items.number(id, item.unit);
    for (const [date, said] of Object.entries(days)) {
      const where = `items[${i}].days["${date}"]`;
      const day = dayNumber(date);
      if (day >= today) {
        return refuse(
          'future_day',
          `${where}: only days that are over have been used up`,
          `${where}:只能导入已结束的营业日`,
        );
      }
      const amount = item.convert(said);
      if (amount < 0 || amount > DAY_AMOUNT_MAX) {
        return refuse(
          'bad_quantity',
          `${where} is below 0, or more than a kitchen uses in a day (100 t); check its unit`,
          `${where} 小于 0,或超过厨房一天的用量(100 吨);请检查单位`,
        );
      }
      rows.push({ item: number, day, amount });
    }
  }
  return rows;
}
