/**
 * What sticks on a box in the cold room. Weekday and use-by are the largest text on it: they are read at
 * arm's length, with gloves on. Which dates stand on it depends on what was done to the food.
 */
import { nameIn, type PlainKey, sayIfKnown } from '../words/words.ts';
import { paperAmount } from './figures.ts';
import { type Paper, paperOf } from './paper.ts';
import type { Slip, SlipKind } from './slip.ts';
import type { Instant, LabelSlipData, LabelVariant, SlipForm } from './slip-data.ts';
import { type SlipClock, slipClock } from './slip-time.ts';
import { listed, word } from './slip-words.ts';

/** Lays a label down; one label per slip. */
export function labelSlip(data: LabelSlipData, form: SlipForm): Slip {
  const { language } = form;
  const { kind, banner } = VARIANTS[data.variant];
  const paper = paperOf(form);
  const clock = slipClock(language, data.store.timeZone);
  const big = { size: 2, bold: true } as const;
  const name = nameIn(language, data.name, data.item);
  for (const line of paper.wrapped(name, { lines: 3 }, 2)) paper.middle(line, big);
  if (banner !== undefined) paper.middle(word(language, banner), { bold: true });
  paper.pair(word(language, 'lot', data.lot), amountText(data, paper));
  paper.rule();
  datesOf(paper, data, clock);
  paper.rule('=');
  useBy(paper, data, clock);
  paper.rule('=');
  factsOf(paper, data);
  paper.qr(data.code);
  paper.middle(data.code);
  paper.cut();
  return paper.done(kind);
}

type WordKey = Parameters<typeof word>[1];

type Variant = {
  readonly kind: SlipKind;
  /** A warning below the name. */
  readonly banner?: WordKey;
  /** What its first date is. */
  readonly made: WordKey;
  /** What the date of opening is. */
  readonly opened: WordKey;
  readonly useBy: WordKey;
};

const VARIANTS: Readonly<Record<LabelVariant, Variant>> = {
  prep: { kind: 'prep-label', made: 'made', opened: 'opened', useBy: 'useBy' },
  received: { kind: 'expiry-label', made: 'came', opened: 'opened', useBy: 'useBy' },
  opened: expiry('isOpened', 'opened'),
  thawed: expiry('isThawed', 'thawed'),
  frozen: expiry('isFrozen', 'frozen'),
  offcut: {
    kind: 'offcut-label',
    banner: 'isOffcut',
    made: 'offcut',
    opened: 'opened',
    useBy: 'useBy',
  },
  sample: {
    kind: 'sample-label',
    banner: 'isSample',
    made: 'sampled',
    opened: 'opened',
    useBy: 'keepUntil',
  },
};

function expiry(banner: WordKey, opened: WordKey): Variant {
  return { kind: 'expiry-label', banner, made: 'came', opened, useBy: 'useBy' };
}

function amountText({ qty, unit, box }: LabelSlipData, { language, isWide }: Paper): string {
  const amount = paperAmount(language, qty, unit);
  if (!box) return amount;
  return `${amount} ${word(language, isWide ? 'box' : 'boxShort', box.n, box.of)}`;
}

function datesOf(paper: Paper, data: LabelSlipData, clock: SlipClock): void {
  const { language, isWide } = paper;
  const { made, opened } = VARIANTS[data.variant];
  const said: [WordKey, Instant | null | undefined][] = [
    [made, data.madeAt],
    ['ready', data.readyAt],
    [opened, data.openedAt],
    // On wide paper the large line below says the whole of it.
    ['expires', isWide ? null : data.expiresAt],
  ];
  const dates = said.flatMap(([key, at]) => (at ? [[word(language, key), clock.stamp(at)]] : []));
  if (!isWide) {
    for (const [caption = '', at = ''] of dates) paper.pair(caption, at);
    return;
  }
  const texts = dates.map((parts) => parts.join(' '));
  for (let i = 0; i < texts.length; i += 2) paper.pair(texts[i] ?? '', texts[i + 1] ?? '');
}

function useBy(paper: Paper, { expiresAt, variant }: LabelSlipData, clock: SlipClock): void {
  const { language, isWide } = paper;
  const big = { size: 2, bold: true } as const;
  if (expiresAt === null) {
    paper.middle(word(language, 'noExpiry'), big);
    return;
  }
  const day = clock.dayOf(expiresAt);
  const weekday = clock.weekday(day);
  const time = clock.time(expiresAt);
  const date = language === 'zh' ? `${day.slice(5)} ${weekday}` : clock.day(day);
  const text = word(language, VARIANTS[variant].useBy, `${isWide ? date : weekday} ${time}`);
  // Never cut: a date that is no date stands there as it is.
  for (const line of paper.wrapped(text.toUpperCase(), {}, 2)) paper.middle(line, big);
}

/** How to keep it, by whom, what is in it, where it is from. */
function factsOf(paper: Paper, data: LabelSlipData): void {
  const { language, isWide } = paper;
  const storage = data.storage ? nameIn(language, data.storage) : '';
  const hours = data.onceOpenedHours;
  const once = hours ? word(language, 'onceOpened', hours) : '';
  const by = data.by === null ? '' : word(language, 'by', data.by);
  const keep = [storage, isWide ? once : ''].filter(Boolean).join('  ');
  if (keep !== '' || by !== '') paper.pair(keep, by);
  if (once !== '' && !isWide) paper.wrap(once);
  if (data.from) {
    const from = `${nameIn(language, data.from.name)} ${data.from.lot}`;
    paper.wrap(word(language, 'from', from), { hang: 2, lines: 2 });
  }
  const names = data.allergens.map((id) => sayIfKnown(language, `allergen.${id}` as PlainKey, id));
  // Never cut: what is missing here makes somebody ill.
  if (names.length > 0)
    paper.wrap(word(language, 'allergens', listed(language, names)), { hang: 2 });
  if (data.recipe && isWide) {
    const { id, version } = data.recipe;
    paper.wrap(word(language, 'recipe', version === null ? id : `${id} v${version}`), { lines: 2 });
  }
}
