/** What a person reads of an entry of the kitchen. */
import { describe, expect, it } from 'vitest';
import { ENTRY_KINDS, type EntryKind } from '#recipes/ledger/entry.ts';
import { entrySummary } from '#recipes/words/entry-words.ts';

const read = (kind: EntryKind, note: object) =>
  entrySummary(kind, JSON.stringify(note), undefined).text;

describe('an entry', () => {
  it('says in words what an offcut goes into, and what a trim left', () => {
    expect(read('offcut', { item: 'scraps', into: 'stock-pot' })).toEqual({
      en: 'Offcut scraps into stock-pot',
      zh: '边角料 scraps 用到 stock-pot',
    });
    expect(read('trim', { item: 'salmon', usable: 4_860_000_000 })).toEqual({
      en: 'Trimmed salmon to 4.86\u00a0kg',
      zh: '修割 salmon 得主料 4.86\u00a0kg',
    });
  });

  it.each(Object.keys(ENTRY_KINDS) as EntryKind[])(
    '%s has no characters that a font may draw as an empty box',
    (kind) => {
      const everything = {
        item: 'salmon',
        into: 'stock-pot',
        usable: 4_860_000_000,
        reason: 'staff',
        supplier: 'market',
        state: 'taken',
        what: 'send',
        to: 's2',
      };
      const { zh, en } = read(kind, everything);
      expect(zh + en).not.toMatch(/[\u2190-\u2bff\u{1f000}-\u{1faff}]/u);
    },
  );
});
