/**
 * Where everything stands on a label, in millimetres. Worked out here and only drawn by the component,
 * so that a test can say that nothing runs over the edge.
 */
import { readableText } from '#recipes/words/readable.ts';
import {
  type Lang,
  nameIn,
  otherLang,
  type PlainKey,
  sayIfKnown,
  sayPlain,
  secondName,
} from '#recipes/words/words.ts';
import { cut, fitBlock, fitSize, LEADING, widthOf, wrap } from './fit-text.ts';
import type { Label, LabelForm } from './label.ts';
import { shortStamp, stamp, weekdayTime } from './label-time.ts';

export type FaceText = {
  readonly text: string;
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly size: number;
  readonly bold: boolean;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly lang: Lang;
};

export type Face = {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly FaceText[];
  /** Thick lines across the label. */
  readonly rules: readonly { readonly y: number; readonly thick: number }[];
  readonly qr: { readonly x: number; readonly y: number; readonly size: number };
  readonly margin: number;
};

export type FaceOptions = {
  readonly lang: Lang;
  readonly form: LabelForm;
  readonly timezone: string;
  /** It was bought, not made here: what counts is when it came, or when it was opened. */
  readonly bought?: boolean;
  /** What was done to the pack, where somebody knows it. */
  readonly how?: 'opened' | 'thawed' | 'frozen';
  /** Label `n` of `of`; left out when there is one. */
  readonly part?: { readonly n: number; readonly of: number };
};

export function faceOf(label: Label, options: FaceOptions): Face {
  return options.form === '58' ? rollFace(label, options) : dieFace(label, options);
}

/** Sheet size of a form, millimetres. */
export const SHEETS: Readonly<Record<LabelForm, { width: number; height: number }>> = {
  '58': { width: 58, height: 72 },
  '40': { width: 40, height: 30 },
};

/** 58 mm roll: the print head reaches 48 mm. */
function rollFace(label: Label, options: FaceOptions): Face {
  const { lang } = options;
  const { width, height } = SHEETS['58'];
  const margin = 5;
  const inner = width - 2 * margin;
  const pen = penOf(margin, width, lang);
  const [name, second] = namesOf(label, lang);
  for (const line of wrap(name, inner, 5.6, 2)) pen.line(line, 5.6, true);
  if (second !== '') pen.line(cut(second, inner, 3.2), 3.2, false, otherLang(lang));
  pen.skip(0.6);
  const amount = amountOf(label, options);
  pen.pair(cut(label.lot, inner - widthOf(amount, 3) - 2, 3), amount, 3);
  pen.skip(1.1);
  pen.rule(0.3);
  for (const [key, at] of datesOf(label, options)) {
    pen.pair(both(key, lang), stamp(lang, at, options.timezone), 3);
  }
  pen.skip(1.1);
  pen.rule(0.7);
  useBy(pen, label, options, { caption: 3, big: 9.6, inner });
  pen.skip(1.2);
  pen.rule(0.7);
  const qr = 20;
  const qrY = height - qr - 3;
  const column = { x: margin + qr + 2, width: inner - qr - 2 };
  const beside = penOf(column.x, width, lang, Math.max(pen.y(), qrY - 3));
  const by = label.by === null ? '' : `${both('label.by', lang)} ${label.by}`;
  if (by !== '') beside.line(cut(by, column.width, 2.8), 2.8);
  const room = { width: column.width, height: height - 2 - beside.y() };
  allergens(beside, label, lang, room, { size: 2.8, least: 1.7 });
  return {
    width,
    height,
    margin,
    texts: [...pen.texts, ...beside.texts],
    rules: pen.rules,
    qr: { x: margin, y: qrY, size: qr },
  };
}

/** 40 × 30 mm die-cut: the same, as small as it may be read. */
function dieFace(label: Label, options: FaceOptions): Face {
  const { lang, timezone } = options;
  const { width, height } = SHEETS['40'];
  const margin = 1.6;
  const inner = width - 2 * margin;
  const pen = penOf(margin, width, lang, 0.3);
  const [name, second] = namesOf(label, lang);
  const size = fitSize(name, inner, 3.8, 2.8);
  pen.line(cut(name, inner, size), size, true);
  const amount = amountOf(label, options);
  const left = inner - widthOf(amount, 2.1) - 1;
  pen.pair(cut(second, left, 2.1), amount, 2.1, otherLang(lang));
  useBy(pen, label, options, { caption: 2.1, big: 5.4, inner });
  pen.skip(0.4);
  const qr = 11;
  const rest = inner - qr - 1;
  for (const [key, at] of datesOf(label, options).slice(-1)) {
    const when = `${sayPlain(lang, key)} ${shortStamp(lang, at, timezone)}`;
    pen.line(cut(label.by === null ? when : `${when} ${label.by}`, rest, 2), 2);
  }
  pen.line(cut(label.lot, rest, 2), 2);
  const room = { width: rest, height: height - 0.7 - pen.y() };
  allergens(pen, label, lang, room, { size: 2, least: 1.4 });
  return {
    width,
    height,
    margin,
    texts: pen.texts,
    rules: pen.rules,
    qr: { x: width - margin - qr, y: height - qr - 1, size: qr },
  };
}

type Pen = ReturnType<typeof penOf>;

/** Writes line below line. */
function penOf(left: number, width: number, lang: Lang, top = 2) {
  const texts: FaceText[] = [];
  const rules: { y: number; thick: number }[] = [];
  let y = top;
  const put = (text: string, x: number, size: number, more: Partial<FaceText> = {}) =>
    texts.push({ text, x, y, size, bold: false, anchor: 'start', lang, ...more });
  return {
    texts,
    rules,
    y: () => y,
    skip: (by: number) => {
      y += by;
    },
    rule: (thick: number) => {
      rules.push({ y, thick });
      y += thick;
    },
    line: (text: string, size: number, bold = false, lineLang = lang) => {
      y += size * LEADING;
      put(text, left, size, { bold, lang: lineLang });
    },
    /** One text at the left edge and one at the right. */
    pair: (start: string, end: string, size: number, startLang = lang) => {
      y += size * LEADING;
      put(start, left, size, { lang: startLang });
      put(end, width - left, size, { anchor: 'end' });
    },
    /** In the middle of the label. */
    middle: (text: string, size: number) => {
      y += size * LEADING;
      put(text, width / 2, size, { bold: true, anchor: 'middle' });
    },
  };
}

function useBy(
  pen: Pen,
  label: Label,
  { lang, timezone }: FaceOptions,
  size: { caption: number; big: number; inner: number },
): void {
  if (label.expiresAt === null) {
    pen.pair(both('label.useBy', lang), sayPlain(lang, 'label.noExpiry'), size.caption);
    return;
  }
  const [day = ''] = stamp(lang, label.expiresAt, timezone).split(/ (?=\d\d:\d\d$)/);
  pen.pair(both('label.useBy', lang), day, size.caption);
  const big = weekdayTime(lang, label.expiresAt, timezone);
  pen.middle(big, fitSize(big, size.inner * BOLD, size.big, 4));
}

/** Bold letters are wider than `widthOf` says. */
const BOLD = 0.92;

/** In both languages, never cut before the letters are as small as they may be. */
function allergens(
  pen: Pen,
  label: Label,
  lang: Lang,
  room: { width: number; height: number },
  range: { size: number; least: number },
): void {
  const langs = [lang, otherLang(lang)] as const;
  const said = langs.map((one) => allergenText(one, label.allergens));
  const { size, lines } = fitBlock(said, room, range.size, range.least);
  for (const [i, one] of langs.entries()) {
    const bold = i === 0 && label.allergens.length > 0;
    for (const line of lines[i] ?? []) pen.line(line, size, bold, one);
  }
}

/** `过敏原: 大豆, 麸质`; "none" is said, because an empty place could be a forgotten one. */
export function allergenText(lang: Lang, ids: readonly string[]): string {
  const words = ids.map((id) => sayIfKnown(lang, `allergen.${id}`, id));
  const list = words.length === 0 ? sayPlain(lang, 'label.noAllergens') : words.join(', ');
  return `${sayPlain(lang, 'label.allergens')}: ${list}`;
}

function namesOf(label: Label, lang: Lang): [string, string] {
  return [nameIn(lang, label.name, label.item), secondName(lang, label.name)];
}

function amountOf(label: Label, { lang, part }: FaceOptions): string {
  const amount = readableText(lang, label.qty, label.unit);
  return part === undefined || part.of < 2 ? amount : `${amount} ${part.n}/${part.of}`;
}

/** Made, and opened or thawed, as far as they are known. */
function datesOf(label: Label, { how, bought = false }: FaceOptions): [PlainKey, string][] {
  const rows: [PlainKey, string][] = [];
  const came = bought ? 'label.received' : 'label.made';
  // The box counts an opened pack as new: when it was delivered is no longer known.
  if (label.madeAt !== null && !(bought && label.openedAt !== null))
    rows.push([came, label.madeAt]);
  if (label.openedAt !== null) rows.push([HOW_KEY[how ?? 'opened'], label.openedAt]);
  return rows;
}

const HOW_KEY = {
  opened: 'label.opened',
  thawed: 'label.thawed',
  frozen: 'label.frozen',
} as const satisfies Record<string, PlainKey>;

function both(key: PlainKey, lang: Lang): string {
  return `${sayPlain(lang, key)} ${sayPlain(otherLang(lang), key)}`;
}
