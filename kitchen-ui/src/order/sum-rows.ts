import { readableText } from '#recipes/words/readable.ts';
import { sayIfKnown } from '#recipes/words/words.ts';
import type { Session } from '../state/session.svelte.ts';
import type { DraftLine } from './draft.ts';
import { packText, percentText, quantityText } from './line-words.ts';
import { recompute, replacing } from './sum.ts';

/** One row of a sum: what it is, how much, and what there is to say of it. */
export type SumRow = {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly notes: readonly string[];
  /** A line is drawn above it. */
  readonly total?: boolean;
};

type Speaker = Pick<Session, 'lang' | 'say'>;

/** The sum behind a line from top to bottom, as a person with a pencil would write it. */
export function sumRows(speaker: Speaker, line: DraftLine): SumRow[] {
  return [...wanted(speaker, line), ...there(speaker, line), ...ordered(speaker, line)];
}

function wanted(speaker: Speaker, { of }: DraftLine): SumRow[] {
  const amount = amounts(speaker, of.unit);
  const lost = of.lost ?? '0';
  return [
    {
      key: 'need',
      label: speaker.say('order.forecast'),
      value: amount(of.need),
      notes: [speaker.say('order.forecastText', { high: amount(of.needHigh) })],
    },
    ...when(Number(lost) > 0, {
      key: 'lost',
      label: speaker.say('order.lost'),
      value: amount(lost),
      notes: [speaker.say('order.lostText')],
    }),
    {
      key: 'safety',
      label: speaker.say('order.safety'),
      value: amount(of.safety),
      notes: of.lowConfidence
        ? [speaker.say('order.par', { quantity: of.par === null ? '-' : amount(of.par) })]
        : [speaker.say('order.safetyText', { level: percentText(of.serviceLevel) })],
    },
  ];
}

function there(speaker: Speaker, { of }: DraftLine): SumRow[] {
  const amount = amounts(speaker, of.unit);
  const more = replacing(of);
  const expiring =
    Number(of.expiring) > 0
      ? speaker.say('order.expiring', { quantity: amount(of.expiring) })
      : speaker.say('order.noExpiring');
  return [
    { key: 'hand', label: speaker.say('order.hand'), value: amount(of.onHand), notes: [expiring] },
    ...when(Number(more) > 0, {
      key: 'replaced',
      label: speaker.say('order.replaced'),
      value: amount(more),
      notes: [],
    }),
    { key: 'onOrder', label: speaker.say('order.onOrder'), value: amount(of.onOrder), notes: [] },
  ];
}

function ordered(speaker: Speaker, line: DraftLine): SumRow[] {
  const { of } = line;
  const amount = amounts(speaker, of.unit);
  const yours = () => speaker.say('order.yours', { quantity: quantityText(speaker.lang, line) });
  return [
    {
      key: 'missing',
      label: speaker.say('order.missing'),
      value: amount(of.missing),
      notes: [],
      total: true,
    },
    {
      key: 'packs',
      label: speaker.say('order.toPacks'),
      value: speaker.say('order.packs', { n: of.packs, pack: packText(speaker.lang, of) }),
      notes: packNotes(speaker, line),
    },
    {
      key: 'quantity',
      label: speaker.say('order.result'),
      value: amount(of.quantity),
      notes: line.changed ? [yours()] : [],
      total: true,
    },
  ];
}

/** By which rule it became packs, and why there are more or fewer than the rule asks for. */
function packNotes(speaker: Speaker, { of }: DraftLine): string[] {
  const amount = amounts(speaker, of.unit);
  const { changedBy, asked } = recompute(of);
  const rule = sayIfKnown(speaker.lang, `order.round.${of.rounding}`, of.rounding);
  const notes = [
    rule.replace('{pack}', packText(speaker.lang, of)),
    ...changedBy.map((by) => speaker.say(`order.capBy.${by}`)),
  ];
  if (changedBy.length > 0)
    notes.push(speaker.say('order.asked', { quantity: amount(asked.quantity) }));
  const cap = of.cap ?? null;
  if (cap !== null) notes.push(speaker.say('order.capMax', { quantity: amount(cap) }));
  return notes;
}

function amounts({ lang }: Speaker, unit: string): (base: string) => string {
  return (base) => readableText(lang, base, unit, 3);
}

function when(holds: boolean, row: SumRow): SumRow[] {
  return holds ? [row] : [];
}
