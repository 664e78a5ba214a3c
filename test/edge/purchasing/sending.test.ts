/** Orders on their way to real servers: accepted, refused, silent, back again, after a restart. */
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { InboxItem } from '../../../edge/inbox/inbox-item.ts';
import { type HttpSink, openHttpSink } from '../../support/http-sink.ts';
import { mailText, openSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { BUTCHER, EVENING, type OrderBox, startOrderBox } from './order-box.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const ROBOT_SECRET = 'SEC0123456789abcdef';

let box: OrderBox;
let smtp: SmtpSink;
let http: HttpSink;

beforeAll(async () => {
  smtp = await openSmtpSink();
  http = await openHttpSink('{"errcode":0,"errmsg":"ok","code":0}');
  const supplier = (id: string, send: object) => ({ ...BUTCHER, id, send: [send] });
  const chat = (robot: string) =>
    supplier(robot, { by: 'chat', robot, to: `${http.url}/${robot}?access_token=tok-${robot}` });
  const suppliers = [
    supplier('mail', { by: 'email', to: 'orders@butcher.example' }),
    supplier('hook', { by: 'webhook', to: `${http.url}/hook` }),
    supplier('dead', { by: 'webhook', to: 'http://127.0.0.1:9/dead' }),
    chat('wecom'),
    chat('dingtalk'),
    chat('feishu'),
    BUTCHER,
  ];
  const config = {
    mailUrl: smtp.url,
    mailFrom: 'kitchen@shop.example',
    webhookSecret: SECRET,
    robotSecret: ROBOT_SECRET,
  };
  box = await startOrderBox(suppliers, { config });
});
afterAll(async () => {
  await box.stop();
  await smtp.close();
  await http.close();
});
beforeEach(() => {
  smtp.mails.length = 0;
  http.posts.length = 0;
  http.answer = () => ({ status: 200 });
  box.clock.at(EVENING);
});
afterEach(() => expect(box.breaches()).toEqual([]));

const must = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('nothing was posted');
  return value;
};
const approve = async (supplier: string, by: string, more: object = {}) => {
  const order = await box.order({ supplier });
  const result = await box.command('order.approve', { order, send: { by, ...more } });
  expect(result, JSON.stringify(result)).toMatchObject({ data: { state: 'approved' } });
  return order;
};
/** Past the ring in which an approval can be taken back. */
const go = () => box.clock.skip(3_000);
const isSent = ({ state }: { state: string }) => state === 'sent';
const inbox = async (kind: string) =>
  (await box.api<{ items: InboxItem[] }>('GET', '/inbox')).items.filter(
    (item) => item.kind === kind,
  );
const tries = (n: number) => (order: { sendings: readonly { attempts: number }[] }) =>
  order.sendings.at(-1)?.attempts === n;

test('by e-mail: in both languages, from and to, with the paper, known again by its id', async () => {
  const { papers } = box.box.parts.purchasing;
  const { pdf } = papers;
  papers.pdf = (order) => Promise.resolve(Buffer.from(`%PDF of ${order.order}`));
  const id = await approve('mail', 'email');
  expect(smtp.mails).toEqual([]);
  go();
  const order = await box.until(id, isSent);
  papers.pdf = pdf;
  expect(order.history.map(({ step }) => step)).toEqual(['draft', 'approved', 'sending', 'sent']);
  expect(order.sendings).toMatchObject([
    { channel: 'email', target: 'orders@butcher.example', state: 'sent', attempts: 1, error: null },
  ]);
  const [mail = ''] = smtp.mails;
  expect(smtp.logins.at(-1)).toBe('\0kitchen\0s3cret');
  expect(mail).toContain('To: orders@butcher.example');
  expect(mail).toContain(`Message-ID: <${id}.r1@demo.larder>`);
  const text = mailText(mail);
  expect(text).toContain(`【采购订单】${id} 第1版`);
  expect(text).toContain('肉  4 × 2 kg = 8 kg  256.00');
  expect(text).toContain('Pork  4 × 2 kg = 8 kg  256.00');
  expect(text).toContain('Deliver: 2026-11-24 06:00');
  const attached = Buffer.from(`%PDF of ${id}`).toString('base64');
  expect(mail).toContain(attached);
  expect(mail).toContain(`filename=${id}.pdf`);
});

test('by webhook: a CloudEvent that the library of the standard verifies', async () => {
  const id = await approve('hook', 'webhook');
  go();
  await box.until(id, isSent);
  const { headers, body } = must(http.posts[0]);
  // The clock of this box is in the evening of another day; the signature covers its own time.
  const stamp = new Date(Number(headers['webhook-timestamp']) * 1_000);
  const sign = new Webhook(SECRET).sign(String(headers['webhook-id']), stamp, body);
  expect(headers['webhook-signature']).toBe(sign);
  expect(headers['webhook-id']).toBe(`${id}:r1`);
  expect(JSON.parse(body)).toMatchObject({
    specversion: '1.0',
    id: `${id}:r1`,
    type: 'larder.po.sent.v1',
    source: '/stores/demo',
    data: { order: id, revision: 1, lines: [{ item: 'pork', qty: '8000', packs: '4' }] },
  });
});

describe('by chat robot', () => {
  test('WeCom: the lines as text', async () => {
    const id = await approve('wecom', 'chat');
    go();
    const order = await box.until(id, isSent);
    expect(http.posts[0]?.url).toBe('/wecom?access_token=tok-wecom');
    const said = JSON.parse(http.posts[0]?.body ?? '') as { text: { content: string } };
    expect(said).toMatchObject({ msgtype: 'text' });
    expect(said.text.content).toContain(`${id} 第1版`);
    expect(said.text.content).toContain('1. 肉  4 × 2 kg = 8 kg');
    expect(JSON.stringify(order)).not.toContain('tok-wecom');
  });

  test('DingTalk: signed with the time and the secret', async () => {
    const id = await approve('dingtalk', 'chat', { language: 'en' });
    go();
    await box.until(id, isSent);
    const url = new URL(http.posts[0]?.url ?? '', http.url);
    const timestamp = url.searchParams.get('timestamp') ?? '';
    expect(url.searchParams.get('access_token')).toBe('tok-dingtalk');
    const signed = createHmac('sha256', ROBOT_SECRET).update(`${timestamp}\n${ROBOT_SECRET}`);
    expect(url.searchParams.get('sign')).toBe(signed.digest('base64'));
    expect(http.posts[0]?.body).toContain('1. Pork');
  });

  test('Feishu: signed in the body', async () => {
    const id = await approve('feishu', 'chat');
    go();
    await box.until(id, isSent);
    const body = JSON.parse(http.posts[0]?.body ?? '') as Record<string, string>;
    const key = `${body['timestamp']}\n${ROBOT_SECRET}`;
    expect(body['sign']).toBe(createHmac('sha256', key).update('').digest('base64'));
    expect(body).toMatchObject({
      msg_type: 'text',
      content: { text: expect.stringContaining(id) },
    });
  });

  test('a refusal inside an answer of 200 is one; too many is not', async () => {
    http.answer = () => ({ status: 200, body: '{"errcode":310000,"errmsg":"sign not match"}' });
    const id = await approve('dingtalk', 'chat');
    go();
    const order = await box.until(id, ({ sendings }) => sendings[0]?.state === 'failed');
    expect(order).toMatchObject({
      state: 'approved',
      sendings: [{ error: 'dingtalk 310000: sign not match' }],
    });
    await box.command('order.cancel', { order: id });
    http.answer = (n) => (n === 2 ? { status: 200, body: '{"errcode":45009}' } : { status: 200 });
    const busy = await approve('wecom', 'chat');
    go();
    await box.until(busy, tries(1));
    box.clock.skip(4_000);
    await box.until(busy, isSent);
  });

  test('a long order goes in parts that a robot takes, and not faster than it may', async () => {
    const lines = Array.from({ length: 120 }, () => ({ item: 'pork', qty: '2 kg' }));
    const order = await box.order({ supplier: 'wecom', lines });
    await box.command('order.send', { order, by: 'chat' });
    const next = await approve('wecom', 'chat');
    go();
    await box.until(order, isSent);
    const texts = http.posts.map(
      ({ body }) => (JSON.parse(body) as { text: { content: string } }).text.content,
    );
    expect(texts.length).toBeGreaterThan(2);
    for (const [i, text] of texts.entries()) {
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2_048);
      expect(text).toContain(`(${i + 1}/${texts.length})`);
    }
    const rows = texts.flatMap((text) => text.split('\n')).filter((row) => /^\d+\. /.test(row));
    expect(rows.map((row) => Number.parseInt(row, 10))).toEqual(lines.map((_, i) => i + 1));
    // Several rounds of the loop.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await box.read(next)).toMatchObject({ state: 'approved', sendings: [{ attempts: 0 }] });
    box.clock.skip(3_200);
    await box.until(next, isSent);
  });
});

describe('when it does not arrive', () => {
  test('again with growing pauses, each attempt the same id; other addresses go on', async () => {
    const at: number[] = [];
    http.answer = (n) => {
      at.push(box.clock.ports.now());
      return n < 4 ? { status: 503, body: `busy ${n}` } : { status: 200 };
    };
    const id = await approve('hook', 'webhook');
    const other = await approve('mail', 'email');
    go();
    await box.until(other, isSent);
    for (const [i, pause] of [2_000, 5_000, 15_000].entries()) {
      const error = `HTTP 503: busy ${i + 1}`;
      const order = await box.until(id, ({ sendings }) => sendings[0]?.error === error);
      expect(order.state).toBe('approved');
      // In small steps: an attempt that comes too early shows.
      while (http.posts.length === i + 1) {
        box.clock.skip(pause / 20);
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
      expect((at[i + 1] ?? 0) - (at[i] ?? 0)).toBeGreaterThanOrEqual(pause);
    }
    await box.until(id, isSent);
    expect((at[3] ?? 0) - (at[0] ?? 0)).toBeLessThan(40_000);
    const sent = http.posts.map(({ headers }) => headers['webhook-id']);
    expect(new Set(sent)).toEqual(new Set([`${id}:r1`]));
  });

  test('a refusal ends it at once: print and phone, or try again', async () => {
    http.answer = () => ({ status: 410, body: 'gone' });
    const id = await approve('hook', 'webhook');
    go();
    const failed = await box.until(id, ({ sendings }) => sendings[0]?.state === 'failed');
    expect(failed).toMatchObject({
      state: 'approved',
      sendings: [{ attempts: 1, error: 'HTTP 410: gone' }],
    });
    expect(failed.history.at(-1)).toMatchObject({ step: 'not_sent', actor: null });
    const [item] = await inbox('order_unsent');
    expect(item).toMatchObject({
      severity: 'act',
      title: { en: `${id} did not reach Butcher` },
      subject: { order: id, phone: '138 0000 0042' },
    });
    expect(item?.detail.en).toContain('phone 138 0000 0042');
    http.answer = () => ({ status: 200 });
    const again = item?.actions.find(({ label }) => label.en === 'Try again');
    const { kind = '', data } = again?.command ?? {};
    expect(await box.command(kind, data)).toMatchObject({ status: 'applied' });
    go();
    await box.until(id, isSent);
    expect(await inbox('order_unsent')).toEqual([]);
  });

  test('given up after the cut-off; phoned through, it is done with', async () => {
    const id = await approve('dead', 'webhook');
    go();
    await box.until(id, tries(1));
    // The cut-off is in half an hour, but an hour is tried at least.
    box.clock.at(EVENING + 45 * 60_000);
    await box.until(id, tries(2));
    expect((await box.read(id)).sendings[0]?.state).toBe('waiting');
    box.clock.at(EVENING + 61 * 60_000);
    await box.until(id, ({ sendings }) => sendings[0]?.state === 'failed');
    expect(await inbox('order_unsent')).toHaveLength(1);
    await box.command('order.send', { order: id, by: 'hand' });
    expect(await inbox('order_unsent')).toEqual([]);
    expect(await box.read(id)).toMatchObject({ state: 'sent' });
  });

  test('a mailbox that does not exist, and a server that never answers', async () => {
    smtp.answers.push('550 no such user');
    const id = await approve('mail', 'email');
    go();
    const order = await box.until(id, ({ sendings }) => sendings[0]?.state === 'failed');
    expect(order.sendings[0]?.error).toContain('550');
    http.answer = (n) => ({ status: n === 1 ? 0 : 200 });
    box.clock.patience(500);
    const hung = await approve('hook', 'webhook');
    go();
    await box.until(hung, tries(1));
    const late = await box.until(hung, ({ sendings }) => sendings[0]?.error !== null);
    expect(late.sendings).toMatchObject([{ state: 'waiting', error: 'no answer within 10 s' }]);
    box.clock.patience(10_000);
    await box.command('order.cancel', { order: hung });
  });

  test('a mail server that looks a message through for 11 s gets it once', async () => {
    smtp.slowMs = 11_000;
    const id = await approve('mail', 'email');
    go();
    const order = await box.until(id, isSent);
    smtp.slowMs = 0;
    expect(order.sendings).toMatchObject([{ state: 'sent', attempts: 1 }]);
    expect(smtp.mails).toHaveLength(1);
  });

  test('what is not in the book or not set up is refused before it is approved', async () => {
    const order = await box.order();
    const by = (way: string) => box.command('order.approve', { order, send: { by: way } });
    expect(await by('email')).toMatchObject({ code: 'no_channel' });
    expect(await by('print')).toMatchObject({ status: 'rejected' });
    expect(await box.read(order)).toMatchObject({ state: 'draft', send: ['hand'] });
  });
});

describe('called off', () => {
  test('within the ring nothing goes out', async () => {
    const id = await approve('hook', 'webhook');
    box.clock.skip(2_000);
    await box.command('order.cancel', { order: id });
    go();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(http.posts).toEqual([]);
    expect(await box.read(id)).toMatchObject({
      state: 'cancelled',
      sendings: [{ state: 'failed', error: 'cancelled' }],
    });
  });

  test('later the supplier is told, after the order itself', async () => {
    const id = await approve('hook', 'webhook');
    go();
    await box.until(id, isSent);
    await box.command('order.cancel', { order: id });
    await box.until(id, ({ sendings }) => sendings[1]?.state === 'sent');
    const types = http.posts.map(({ body }) => (JSON.parse(body) as { type: string }).type);
    expect(types).toEqual(['larder.po.sent.v1', 'larder.po.cancelled.v1']);
    expect(http.posts[1]?.headers['webhook-id']).toBe(`${id}:r1:cancel`);
    expect(await box.read(id)).toMatchObject({ state: 'cancelled' });
  });

  test('changed while it waited: only the new revision goes out', async () => {
    const id = await approve('hook', 'webhook');
    await box.command('order.edit', { order: id, lines: [{ item: 'pork', qty: '2 kg' }] });
    go();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(http.posts).toEqual([]);
    await box.command('order.approve', { order: id, send: { by: 'webhook' } });
    go();
    await box.until(id, isSent);
    expect(http.posts.map(({ headers }) => headers['webhook-id'])).toEqual([`${id}:r2`]);
  });
});

test('a restart in the middle of an attempt sends it again, with the same id', async () => {
  http.answer = (n) => ({ status: n === 1 ? 0 : 200 });
  const id = await approve('hook', 'webhook');
  go();
  await box.until(id, tries(1));
  const { seq } = (await box.api<{ seq: number }>('GET', '/status')) ?? {};
  await box.restart();
  expect((await box.read(id)).state).toBe('approved');
  await box.until(id, isSent);
  expect(http.posts.map(({ headers }) => headers['webhook-id'])).toEqual([`${id}:r1`, `${id}:r1`]);
  expect((await box.api<{ seq: number }>('GET', '/status')).seq).toBe((seq ?? 0) + 1);
});

test('what lay too long while the box was off is not sent unasked', async () => {
  const id = await approve('hook', 'webhook');
  box.clock.skip(-3_000);
  await box.restart();
  box.clock.at(EVENING + 3 * 3_600_000);
  const order = await box.until(id, ({ sendings }) => sendings[0]?.state === 'failed');
  expect(order).toMatchObject({ state: 'approved', sendings: [{ attempts: 0 }] });
  expect(http.posts).toEqual([]);
});
