/** How a supplier is reached, as the book writes it. */
import { expect, test } from 'vitest';
import { checkBook } from '#recipes/book/check.ts';
import { openKitchen } from '#recipes/kitchen.ts';

const book = (more: object) => ({
  larder: 1,
  items: [{ id: 'pork', unit: 'g' }],
  suppliers: [{ id: 'butcher', ...more }],
});
const problems = (more: object) => {
  const checked = checkBook(book(more));
  return checked.ok
    ? []
    : checked.problems.map(({ path, code, remedy }) => `${path} ${code} ${remedy}`);
};

test('contact and ways are what the kitchen reads', () => {
  const send = [
    { by: 'email', to: 'orders@butcher.example' },
    { by: 'chat', robot: 'wecom', to: 'order group' },
  ] as const;
  const checked = checkBook(book({ contact: { phone: '138 0000 0042' }, send }));
  expect(checked.ok && openKitchen(checked.book).suppliers.get('butcher')).toMatchObject({
    contact: { phone: '138 0000 0042' },
    send,
  });
  const silent = checkBook(book({}));
  expect(silent.ok && openKitchen(silent.book).suppliers.get('butcher')).toMatchObject({
    send: [],
  });
});

test('a mistake names its place and what is right', () => {
  const at = 'suppliers[0]';
  expect(problems({ contact: { phon: '1234' } })).toEqual([
    `${at}.contact.phon unknown_key did you mean "phone"?`,
  ]);
  expect(problems({ contact: { email: 'nobody' } })[0]).toContain(
    `${at}.contact.email bad_contact`,
  );
  for (const wrong of [
    { by: 'chat', to: 'https://example.com' },
    { by: 'email', to: 'nobody' },
    { by: 'fax', to: '1234' },
    { by: 'webhook' },
  ]) {
    const [first = ''] = problems({ send: [wrong] });
    expect(first, JSON.stringify(wrong)).toMatch(
      /^suppliers\[0\]\.send\[0\]\S* (bad_send|missing) .*\{ by: email/,
    );
  }
  expect(problems({ send: [{ by: 'email', too: 'a@b' }] }).join()).toContain('did you mean "to"?');
});
