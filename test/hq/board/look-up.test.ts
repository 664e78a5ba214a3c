/** A dead name service costs one thread of head office, however many webhooks wait for it. */
import { expect, it } from 'vitest';
import { type LookUp, openLookUp } from '../../../cloud-bridge/hq/webhooks/look-up.ts';
import { postWebhook } from '../../../cloud-bridge/hq/webhooks/post-webhook.ts';
import { openHttpSink } from '../../support/http-sink.ts';

const SECRET = `whsec_${Buffer.alloc(24).toString('base64')}`;

/** A name service that answers when the test says so. */
function slowNames() {
  const asked: { hostname: string; answer: Parameters<LookUp>[2] }[] = [];
  const ask: LookUp = (hostname, _options, answer) => void asked.push({ hostname, answer });
  return { asked, lookUp: openLookUp(ask) };
}

it('asks for one name at a time, and not for what has run out of time', async () => {
  const { asked, lookUp } = slowNames();
  const post = (n: number) =>
    postWebhook(
      { id: `evt_${n}`, url: `http://erp-${n}.example`, secret: SECRET, body: '{}' },
      { now: Date.now(), allowPrivate: n % 2 === 0, withinMs: 100, lookUp },
    );
  const posted = await Promise.all(Array.from({ length: 20 }, (_, n) => post(n)));
  expect(new Set(posted.map((one) => (one.ok ? '' : one.error)))).toEqual(
    new Set(['it did not answer in time']),
  );
  expect(asked.map(({ hostname }) => hostname)).toEqual(['erp-0.example']);
  asked[0]?.answer(new Error('no answer'), []);
  expect(asked).toHaveLength(1);
  const later = post(20);
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.answer(new Error('ENOTFOUND: erp-20.example'), []);
  expect(await later).toMatchObject({ ok: false, error: 'ENOTFOUND: erp-20.example' });
});

it('calls what was found: a private address only where that is meant', async () => {
  const sink = await openHttpSink();
  const port = new URL(sink.url).port;
  for (const allowPrivate of [true, false]) {
    const { asked, lookUp } = slowNames();
    const posted = postWebhook(
      { id: 'evt_1', url: `http://erp.example:${port}`, secret: SECRET, body: '{}' },
      { now: Date.now(), allowPrivate, lookUp },
    );
    await expect.poll(() => asked.length).toBe(1);
    asked[0]?.answer(null, [{ address: '127.0.0.1', family: 4 }]);
    expect((await posted).ok).toBe(allowPrivate);
  }
  expect(sink.posts).toHaveLength(1);
  await sink.close();
});
