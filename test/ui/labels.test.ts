import jsqr from 'jsqr';
import { describe, expect, it } from 'vitest';
import { makeLabelCode } from '#recipes/scan/label-code.ts';
import { routeScan } from '#recipes/scan/route-scan.ts';
import { cut, fitSize, widthOf, wrap } from '../../kitchen-ui/src/labels/fit-text.ts';
import { LABEL_FORMS, type Label } from '../../kitchen-ui/src/labels/label.ts';
import { allergenText, type Face, faceOf } from '../../kitchen-ui/src/labels/label-face.ts';
import { type Qr, qrOf } from '../../kitchen-ui/src/labels/qr.ts';
import { countOf, labelSetOf, waitingLabels } from '../../kitchen-ui/src/labels/waiting.ts';
import type { OutboxEntry } from '../../kitchen-ui/src/outbox/entry.ts';

/** The library comes as CommonJS: what the default import is depends on who loads it. */
const read = (jsqr as unknown as { default?: typeof jsqr }).default ?? jsqr;

const LABEL: Label = {
  code: makeLabelCode('braising-sauce', '20261122-17-0'),
  item: 'braising-sauce',
  name: { zh: '红烧汁', en: 'Braising sauce' },
  lot: '20261122-17-0',
  madeAt: '2026-11-22T06:05:00Z',
  expiresAt: '2026-11-25T06:05:00Z',
  openedAt: null,
  allergens: ['soybeans', 'cereals_gluten'],
  qty: '2400',
  unit: 'g',
  by: '小陈',
};

/** Everything at its longest. */
const LONG: Label = {
  ...LABEL,
  name: {
    zh: '鲜肉馄饨馅(含虾仁、荠菜与香菇,每份十二克)',
    en: 'Pork wonton filling with prawns, shepherd’s purse and shiitake, twelve grams each',
  },
  lot: 'JL-B-a-very-long-code-of-a-supplier-with-many-digits-000123456789',
  openedAt: '2026-11-23T06:05:00Z',
  allergens: ['cereals_gluten', 'crustaceans', 'eggs', 'fish', 'soybeans', 'molluscs', 'mustard'],
  qty: '123456789.5',
  by: 'Bartholomew Featherstonehaugh',
};

const BASE = { timezone: 'Asia/Shanghai', part: { n: 12, of: 12 } } as const;
/** Where a line was broken says nothing. */
const plain = (text: string) => text.replaceAll(/\s/g, '');
const texts = (face: Face) => face.texts.map((one) => one.text);

/** The modules as a photograph: eight pixels each, with the white edge that a scanner wants. */
function photographed({ size, path }: Qr): string | undefined {
  const scale = 8;
  const edge = 4 * scale;
  const width = size * scale + 2 * edge;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x = '', y = '', run = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let dy = 0; dy < scale; dy += 1) {
      for (let dx = 0; dx < Number(run) * scale; dx += 1) {
        const at = (edge + Number(y) * scale + dy) * width + edge + Number(x) * scale + dx;
        pixels.fill(0, at * 4, at * 4 + 3);
      }
    }
  }
  return read(pixels, width, width)?.data;
}

describe('the code on a label', () => {
  it.each([
    ['braising-sauce', '20261122-17-0'],
    ['pork-belly', 'JL/A|1'],
    ['豆腐', '批次-7'],
  ])('is read back and routed to the same lot: %s %s', (item, lot) => {
    const text = photographed(qrOf(makeLabelCode(item, lot)));
    expect(routeScan(text ?? '')).toEqual({ kind: 'label', item, lot });
  });
});

describe('what stands on a label', () => {
  it('names the item in both languages, lot, times, allergens in both, and by whom', () => {
    const said = plain(texts(faceOf(LABEL, { ...BASE, lang: 'zh', form: '58' })).join(''));
    for (const part of [
      '红烧汁',
      'Braising sauce',
      '20261122-17-0',
      '2.4\u00a0kg 12/12',
      '11-22(日) 14:05',
      '周三 14:05',
      '过敏原: 大豆, 麸质谷物',
      'Allergens: soybeans, gluten',
      '小陈',
    ]) {
      expect(said).toContain(plain(part));
    }
  });

  it('has the use-by as the largest text', () => {
    for (const form of LABEL_FORMS) {
      const face = faceOf(LABEL, { ...BASE, lang: 'en', form });
      const largest = face.texts.toSorted((a, b) => b.size - a.size)[0];
      expect(largest?.text).toBe('Wed 14:05');
    }
  });

  it('says how the pack was treated, and that there are no allergens rather than nothing', () => {
    const opened = { ...LABEL, openedAt: '2026-11-22T07:00:00Z', allergens: [] };
    const face = faceOf(opened, { ...BASE, lang: 'en', form: '40', how: 'thawed' });
    expect(texts(face).join('\n')).toContain('Thawed 22 Nov 15:00');
    expect(allergenText('zh', [])).toBe('过敏原: 无');
    expect(
      texts(faceOf({ ...LABEL, expiresAt: null }, { ...BASE, lang: 'zh', form: '58' })),
    ).toContain('不限');
  });

  it.each(LABEL_FORMS)('never cuts up to four allergens in either language, %s mm', (form) => {
    const four = {
      ...LABEL,
      allergens: ['cereals_gluten', 'crustaceans', 'soybeans', 'sulphites'],
    };
    for (const lang of ['zh', 'en'] as const) {
      const said = plain(texts(faceOf(four, { ...BASE, lang, form })).join(''));
      expect(said).toContain('gluten,crustaceans,soybeans,sulphites');
      expect(said).toContain('麸质谷物,甲壳类,大豆,亚硫酸盐');
    }
  });

  it.each(LABEL_FORMS)('never runs over the edge or into the code, %s mm', (form) => {
    for (const label of [LABEL, LONG, { ...LONG, name: 'x' }]) {
      for (const lang of ['zh', 'en'] as const) {
        const face = faceOf(label, { ...BASE, lang, form });
        for (const { text, x, y, size, anchor } of face.texts) {
          const width = widthOf(text, size);
          const left = anchor === 'end' ? x - width : anchor === 'middle' ? x - width / 2 : x;
          expect(left, text).toBeGreaterThanOrEqual(0);
          expect(left + width, text).toBeLessThanOrEqual(face.width);
          expect(y, text).toBeLessThanOrEqual(face.height - 0.5);
          const { qr } = face;
          const beside = left + width <= qr.x || left >= qr.x + qr.size;
          expect(beside || y <= qr.y || y - size >= qr.y + qr.size, `${lang} ${text}`).toBe(true);
        }
        expect(face.qr.y + face.qr.size).toBeLessThanOrEqual(face.height);
        expect(face.qr.x + face.qr.size).toBeLessThanOrEqual(face.width);
      }
    }
  });
});

describe('fitting text', () => {
  it('breaks Chinese anywhere and English at spaces, and cuts what is too much', () => {
    expect(wrap('红烧肉盖饭', 9, 3, 2)).toEqual(['红烧肉', '盖饭']);
    expect(wrap('braised pork rice', 16, 3, 2)).toEqual(['braised', 'pork rice']);
    expect(wrap('一二三四五六七八九', 9, 3, 2)).toEqual(['一二三', '四五…']);
    expect(wrap('虾仁、荠菜', 6, 3, 3)).toEqual(['虾', '仁、', '荠菜']);
    expect(cut('short', 100, 3)).toBe('short');
    expect(fitSize('红烧肉', 6, 5, 1)).toBe(2);
    expect(fitSize('红烧肉', 1, 5, 1)).toBe(1);
  });
});

describe('labels that wait', () => {
  const entry = (over: Partial<OutboxEntry>): OutboxEntry => ({
    n: 1,
    id: 'e1',
    kind: 'batch.produce',
    data: { recipe: 'egg', qty: '60', labels: 4 },
    at: '',
    text: {},
    progress: 'applied',
    tried: true,
    answer: { lot: 'L1' },
    ...over,
  });

  it('are those of a batch until they are printed', () => {
    const one = entry({});
    const waiting = waitingLabels([one], new Set());
    expect(waiting).toEqual([{ entry: 'e1', item: 'egg', lot: 'L1', count: 4 }]);
    expect(countOf(waiting)).toBe(4);
    expect(waitingLabels([one], new Set(['e1']))).toEqual([]);
  });

  it('have no lot before the box has answered', () => {
    const { answer: _, ...unanswered } = entry({ progress: 'waiting' });
    expect(labelSetOf([unanswered], unanswered)?.lot).toBeNull();
  });

  it('are void when the batch was taken back or refused', () => {
    const one = entry({});
    const { answer: _, ...back } = entry({ id: 'e2', n: 2, kind: 'entry.reverse', undoes: 'e1' });
    expect(waitingLabels([one, back], new Set())).toEqual([]);
    expect(waitingLabels([entry({ progress: 'fix' })], new Set())).toEqual([]);
  });

  it('are one for an opened pack and one for the offcut of a trim', () => {
    const open = entry({ kind: 'lot.open', data: { item: 'prawn', lot: 'P', how: 'thawed' } });
    expect(labelSetOf([open], open)).toMatchObject({ item: 'prawn', count: 1, how: 'thawed' });
    const outs = [{ to: 'usable' }, { to: 'reuse', item: 'scraps' }];
    const answer = { outs: [{ to: 'usable' }, { to: 'reuse', lot: 'S1' }] };
    const trim = entry({ kind: 'trim.log', data: { outs }, answer });
    expect(labelSetOf([trim], trim)).toMatchObject({ item: 'scraps', lot: 'S1', count: 1 });
    const plain = entry({ kind: 'trim.log', data: { outs: [{ to: 'usable' }] } });
    expect(labelSetOf([plain], plain)).toBeNull();
    const waste = entry({ kind: 'waste.log', data: {} });
    expect(labelSetOf([waste], waste)).toBeNull();
  });
});
