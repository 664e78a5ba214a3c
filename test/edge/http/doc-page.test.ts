/** The readable page: complete, in both languages, and nothing in it that runs or comes from elsewhere. */
import { expect, test } from 'vitest';
import { REASONS } from '#recipes/contracts/reasons.ts';
import { PROBLEMS } from '../../../edge/http/api-problems.ts';
import { REFUSALS } from '../../../edge/http/api-refusals.ts';
import { ROUTES } from '../../../edge/http/api-routes.ts';
import { html, json } from '../../../edge/http/doc-html.ts';
import { docLanguage, docPage } from '../../../edge/http/doc-page.ts';

const page = (language: 'zh' | 'en', host = '192.168.1.20:8080') =>
  docPage({ store: 'demo', language, host });

test.each(['zh', 'en'] as const)('%s: every code has its anchor and both languages', (language) => {
  const text = page(language);
  for (const [code, [, zh]] of Object.entries(REASONS)) {
    expect(text).toContain(`id="reason-${code}"`);
    expect(text).toContain(zh.split('{}')[0]);
  }
  for (const [code, words] of Object.entries({ ...PROBLEMS, ...REFUSALS })) {
    expect(text).toContain(`id="problem-${code}"`);
    expect(text).toContain(html`${words.en}`.html);
    expect(text).toContain(html`${words.zh}`.html);
  }
  for (const { path, summary } of ROUTES) {
    expect(text).toContain(`<code>${path}</code>`);
    expect(text).toContain(html`${summary[language]}`.html);
  }
});

test('no script, nothing from elsewhere, every inner link leads somewhere, no id twice', () => {
  const text = page('en');
  expect(text).not.toMatch(/<script|\son\w+=|<iframe|@import|url\(/i);
  expect([...text.matchAll(/(?:src|href)="(https?:)?\/\//g)]).toEqual([]);
  const ids = [...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const links = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  expect(links.filter((id) => !ids.includes(id))).toEqual([]);
  expect(links.length).toBeGreaterThan(100);
});

test('the examples name the host by which the page was reached, and only what can be one', () => {
  expect(page('en')).toContain('curl -X POST http://192.168.1.20:8080/api/v1/pos/T1/events');
  expect(page('en')).toContain('mosquitto_pub -h 192.168.1.20 -p 1883 -u pos-T1');
  const evil = page('en', 'x"><script>alert(1)</script>');
  expect(evil).not.toContain('alert(1)');
  expect(evil).toContain('http://127.0.0.1:8080/');
});

test('text is escaped, HTML is not', () => {
  expect(html`<p>${'<b>"&'}${html`<i>${1}</i>`}${['a', undefined, '<']}</p>`.html).toBe(
    '<p>&#60;b&#62;&#34;&#38;<i>1</i>a&#60;</p>',
  );
});

test('JSON on the page is JSON', () => {
  const value = {
    a: [],
    b: {},
    c: [{ long: 'x'.repeat(90) }, { s: '"quoted"' }],
    d: null,
    e: 'end',
  };
  expect(JSON.parse(json(value))).toEqual(value);
});

test('the address decides the language, else the browser', () => {
  expect(docLanguage(undefined, 'zh-CN,zh;q=0.9')).toBe('zh');
  expect(docLanguage(undefined, 'de,en;q=0.5')).toBe('en');
  expect(docLanguage('en', 'zh-CN')).toBe('en');
  expect(docLanguage('xx', undefined)).toBe('en');
});
