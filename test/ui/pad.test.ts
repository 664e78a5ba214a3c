import { describe, expect, it } from 'vitest';
import {
  echo,
  emptyTyped,
  inBase,
  padUnits,
  press,
  type Typed,
  takesDecimals,
  typedFromBase,
  written,
} from '../../kitchen-ui/src/parts/typed-amount.ts';
import { scanRecogniser } from '../../kitchen-ui/src/scan/wedge.ts';
import { fieldsOf, withField } from '../../kitchen-ui/src/undo/fields.ts';

const keys = (start: Typed, text: string) =>
  text.split(' ').reduce((typed, key) => press(typed, key), start);
const typed = (text: string, unit: string): Typed => ({ text, unit });

describe('the number pad', () => {
  it('builds a number key by key, and takes none that makes no number', () => {
    const empty = emptyTyped('g');
    expect(keys(empty, '0 . 6 2')).toEqual(typed('0.62', 'kg'));
    expect(keys(empty, '. 5')).toEqual(typed('0.5', 'kg'));
    expect(keys(empty, '0 0 7')).toEqual(typed('7', 'kg'));
    expect(keys(empty, '1 . . 2 3 4 5')).toEqual(typed('1.234', 'kg'));
    expect(keys(empty, '1 2 back x 9')).toEqual(typed('19', 'kg'));
    expect(keys(empty, '1 2 clear')).toEqual(empty);
    expect(keys(empty, '1 2 3 4 5 6 7 8').text).toBe('1234567');
  });

  it('counts whole things only', () => {
    expect(takesDecimals('ea')).toBe(false);
    expect(keys(emptyTyped('ea'), '3 . 5')).toEqual(typed('35', 'ea'));
  });

  it('writes what commands take, and nothing when there is nothing', () => {
    expect(written(typed('0.62', 'kg'))).toBe('0.62 kg');
    expect(written(typed('2.', 'pack'))).toBe('2 pack');
    expect(written(typed('', 'kg'))).toBeNull();
    expect(written(typed('0.0', 'kg'))).toBeNull();
  });

  it('knows the base amount of known units, exactly, and leaves packs to the box', () => {
    expect(inBase(typed('0.62', 'kg'), 'g')).toBe('620');
    expect(inBase(typed('1.24', '斤'), 'g')).toBe('620');
    expect(inBase(typed('0.3', '两'), 'g')).toBe('15');
    expect(inBase(typed('1.001', 'l'), 'ml')).toBe('1001');
    expect(inBase(typed('2', 'pack'), 'g')).toBeNull();
    expect(inBase(typed('', 'kg'), 'g')).toBeNull();
  });

  it('says the same in the other system', () => {
    expect(echo('zh', typed('0.62', 'kg'), 'g')).toBe('1.24\u00a0斤');
    expect(echo('en', typed('0.62', 'kg'), 'g')).toBe('1.24\u00a0jin');
    expect(echo('zh', typed('3', '斤'), 'g')).toBe('1.5\u00a0kg');
    expect(echo('zh', typed('100', 'g'), 'g')).toBe('0.2\u00a0斤');
    expect(echo('zh', typed('2', 'pack'), 'g')).toBe('');
    expect(echo('zh', typed('2', 'ea'), 'ea')).toBe('');
  });

  it('offers the usual units first and an own unit once', () => {
    expect(padUnits('g', ['pack', 'KG']).map((one) => one.unit)).toEqual([
      'kg',
      'g',
      '斤',
      '两',
      'pack',
    ]);
    expect(padUnits('ea', ['tray']).map((one) => one.unit)).toEqual(['ea', 'tray']);
  });

  it('starts from what was there before, as a person reads it', () => {
    expect(typedFromBase('4200.5', 'g')).toEqual(typed('4.2005', 'kg'));
    expect(typedFromBase('620', 'g')).toEqual(typed('620', 'g'));
    expect(typedFromBase('12', 'ea')).toEqual(typed('12', 'ea'));
  });
});

describe('a scanner that types', () => {
  function type(text: string, gap: number, start = 1000) {
    const recogniser = scanRecogniser();
    let at = start;
    let scan: string | null = null;
    for (const key of [...text, 'Enter']) {
      scan = recogniser.key(key, at) ?? scan;
      at += gap;
    }
    return scan;
  }

  it('is known by its speed and its Enter', () => {
    expect(type('LR1|pork-belly|L-1', 8)).toBe('LR1|pork-belly|L-1');
    expect(type('690123', 34)).toBe('690123');
    expect(type('690123', 36)).toBeNull();
    expect(type('69012', 8)).toBeNull();
  });

  it('starts anew after a pause, and Shift does not break a code', () => {
    const recogniser = scanRecogniser();
    recogniser.key('9', 0);
    recogniser.key('9', 500);
    let at = 2000;
    for (const key of ['L', 'Shift', 'R', '1', 'Shift', '|', 'a', '|', 'b']) {
      recogniser.key(key, at);
      at += 10;
    }
    expect(recogniser.isRun()).toBe(true);
    expect(recogniser.key('Enter', at)).toBe('LR1|a|b');
    expect(recogniser.startedAt()).toBe(2000);
    expect(recogniser.key('Enter', at + 1)).toBeNull();
  });
});

describe('the values of a refused entry', () => {
  const data = { item: 'x', outs: [{ to: 'bin', qty: '1 kg' }], labels: 2, how: { taps: 3 } };

  it('are all to be seen, but for how it was entered', () => {
    expect(fieldsOf(data).map(({ label, value }) => [label, value])).toEqual([
      ['item', 'x'],
      ['outs · 1 · to', 'bin'],
      ['outs · 1 · qty', '1 kg'],
      ['labels', '2'],
    ]);
  });

  it('are changed one at a time, and a number stays one', () => {
    expect(withField(data, ['outs', 0, 'qty'], '2 kg')).toEqual({
      ...data,
      outs: [{ to: 'bin', qty: '2 kg' }],
    });
    expect(withField(data, ['labels'], '5')).toEqual({ ...data, labels: 5 });
  });
});
