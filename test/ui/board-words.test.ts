import { describe, expect, it } from 'vitest';
import type { InboxItem, Sale } from '../../kitchen-ui/src/api-types.ts';
import { isVoided, lineText, saleMark } from '../../kitchen-ui/src/board/sale-words.ts';
import { buttonsOf, mapSku } from '../../kitchen-ui/src/inbox/inbox-actions.ts';
import { entryDetail, entryTitle } from '../../kitchen-ui/src/inbox/inbox-words.ts';
import { newId } from '../../kitchen-ui/src/new-id.ts';
import { ago, clockTime, dayName, moment, money } from '../../kitchen-ui/src/text/moment.ts';

const NOW = Date.parse('2026-11-22T14:32:00+08:00');
const ZONE = 'Asia/Shanghai';

function entry(over: Partial<InboxItem>): InboxItem {
  const since = new Date(NOW - 120_000).toISOString();
  return {
    id: 'x',
    kind: 'gap',
    severity: 'act',
    since,
    title: { zh: '题', en: 'Title' },
    ...over,
  };
}

describe('buttons of the inbox', () => {
  it('shows what the box sends, with giving up last', () => {
    const action = (kind: string) => ({ label: { en: kind }, command: { kind, data: {} } });
    const sent = entry({ actions: [action('quarantine.dismiss'), action('quarantine.replay')] });
    expect(buttonsOf(sent).map((b) => b.command.kind)).toEqual([
      'quarantine.replay',
      'quarantine.dismiss',
    ]);
  });

  it('has a way out for a message that the box sends without buttons', () => {
    const bare = entry({ kind: 'quarantined', subject: { event: 7 }, actions: [] });
    expect(buttonsOf(bare).map((b) => b.command)).toEqual([
      { kind: 'quarantine.replay', data: { event: 7 } },
      { kind: 'quarantine.dismiss', data: { event: 7 } },
    ]);
  });

  it('leaves the mapping to its own panel', () => {
    const actions = [{ label: { en: 'It is r' }, command: mapSku('M-1', 'r') }];
    expect(buttonsOf(entry({ kind: 'unknown_sku', actions }))).toEqual([]);
    expect(mapSku('M-1', null)).toEqual({ kind: 'sku.map', data: { sku: 'M-1', ignore: true } });
  });
});

describe('texts of the inbox', () => {
  it('adds the name that the POS gave an unknown code, once', () => {
    const title = { zh: '未识别菜品 M-9', en: 'Unknown dish M-9' };
    const named = entry({ title, subject: { sku: 'M-9', name: '新鸡饭' } });
    expect(entryTitle('zh', named)).toBe('未识别菜品 M-9“新鸡饭”');
    expect(entryTitle('en', entry({ title, subject: { name: 'M-9' } }))).toBe('Unknown dish M-9');
  });

  it('says since when, and for a lot until when', () => {
    expect(entryDetail('en', entry({ detail: { en: '4 missing' } }), NOW, ZONE)).toBe(
      '2 min ago · 4 missing',
    );
    const subject = { amount: '1200.5 g', expiresAt: '2026-11-22T18:00:00+08:00' };
    expect(entryDetail('zh', entry({ kind: 'expiring', subject }), NOW, ZONE)).toBe(
      '1.201\u00a0kg · 到期 今日 18:00',
    );
  });
});

describe('texts of a sale', () => {
  const line = { lineId: '1', sku: 'M-1', name: '红烧肉', qty: '2', state: 'applied', voided: '0' };
  const sale = (over: Partial<Sale>): Sale => ({
    saleId: 's',
    terminal: 'T1',
    at: '',
    receivedAt: '',
    status: 'applied',
    lines: [line],
    ...over,
  });

  it('calls a dish what the book calls it, else what the POS does', () => {
    const names = new Map([['M-1', { zh: '红烧肉盖饭', en: 'Braised pork rice' }]]);
    expect(lineText('en', line, names)).toBe('Braised pork rice\u00a0×2');
    expect(lineText('en', { ...line, qty: '1' }, new Map())).toBe('红烧肉');
    const modifiers = [{ sku: 'M7', name: '加蛋' }, { sku: 'M9' }];
    expect(lineText('zh', { ...line, qty: '1', modifiers }, names)).toBe('红烧肉盖饭 (加蛋, M9)');
  });

  it('is voided when every line was taken back whole', () => {
    expect(isVoided(sale({ lines: [{ ...line, voided: '1' }] }))).toBe(false);
    expect(isVoided(sale({ lines: [{ ...line, voided: '2' }] }))).toBe(true);
    expect(isVoided(sale({ lines: [] }))).toBe(false);
    const mark = saleMark('en', sale({ lines: [{ ...line, voided: '2' }] }));
    expect(mark).toEqual({ tone: 'gone', word: 'Voided' });
    expect(saleMark('en', sale({ status: 'weird' }))).toEqual({ tone: 'idle', word: 'weird' });
  });
});

describe('moments', () => {
  it('speaks of today and tomorrow in the time zone of the store', () => {
    expect(moment('zh', Date.parse('2026-11-22T10:40:00Z'), NOW, ZONE)).toBe('今日 18:40');
    expect(moment('en', Date.parse('2026-11-22T16:05:00Z'), NOW, ZONE)).toBe('tomorrow 00:05');
    expect(moment('zh', Date.parse('2026-11-24T01:00:00Z'), NOW, ZONE)).toBe('11-24(二) 09:00');
    expect(moment('en', Date.parse('2026-11-20T01:00:00Z'), NOW, ZONE)).toBe('Fri 20 Nov 09:00');
    expect(clockTime(NOW, ZONE)).toBe('14:32');
  });

  it('names a day as the language does', () => {
    expect(dayName('zh', '2026-11-22')).toBe('11-22(日)');
    expect(dayName('en', '2026-11-22')).toBe('Sun 22 Nov');
    expect(dayName('en', 'soon')).toBe('soon');
  });

  it.each([
    [-5000, 'just now'],
    [999, 'just now'],
    [3000, '3 s ago'],
    [60_000, '1 min ago'],
    [3_599_000, '59 min ago'],
    [7_200_000, '2 h ago'],
    [172_800_000, '2 d ago'],
  ])('%i ms is %s', (age, text) => {
    expect(ago('en', NOW - age, NOW)).toBe(text);
  });

  it('writes money, and a strange currency as the bare figure', () => {
    expect(money('zh', '1234.5', 'CNY')).toBe('¥1,234.50');
    expect(money('en', '1234.5', 'CNY')).toBe('CNY\u00a01,234.50');
    expect(money('en', '12.00', '??')).toBe('12.00');
  });
});

describe('newId', () => {
  it('sorts by time, keeps to the characters of an id, and takes all its chance from the source', () => {
    const make = (now: number, byte: number) => newId(now, (bytes) => bytes.fill(byte));
    expect(make(NOW, 255)).toMatch(/^ui-[0-9a-z]{9}-f{20}$/);
    expect(make(NOW, 255) < make(NOW + 1, 0)).toBe(true);
    expect(make(NOW, 1)).not.toBe(make(NOW, 2));
  });
});
