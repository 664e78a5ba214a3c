/** An order as text to a group robot of WeCom (企业微信), DingTalk (钉钉) or Feishu (飞书). */
import { createHmac } from 'node:crypto';
import type { Message, Outcome } from './message.ts';
import { messageLines } from './message.ts';
import { outcomeOf, post } from './post-json.ts';
import type { Robot } from './sending-store.ts';

/** WeCom takes 2,048 bytes of text, the others 20,000 and more; the same leaves no surprise. */
const PART_BYTES = 1_900;

/**
 * Robots answer 200 to everything and say in the body what became of it. A long order goes in parts; when
 * one fails, all are sent again, each with the number of the order on it.
 */
export async function sendChat(
  message: Message,
  secret: string,
  now: number,
  signal: AbortSignal,
): Promise<Outcome> {
  const { robot, address, language } = message;
  if (robot === null) return { kind: 'refused', error: 'no robot' };
  for (const text of partsOf(messageLines(language, message))) {
    const { url, body } = REQUESTS[robot](address, text, secret, now);
    const answer = await post(url, JSON.stringify(body), {}, signal);
    const outcome = outcomeOf(answer);
    const said = outcome.kind === 'accepted' ? readAnswer(robot, answer.text) : outcome;
    if (said.kind !== 'accepted') return said;
  }
  return { kind: 'accepted' };
}

/** Cut between lines; every part begins with the headline. */
export function partsOf(lines: readonly string[]): string[] {
  const [head = '', ...rest] = lines;
  const parts: string[][] = [[]];
  for (const line of rest) {
    const open = parts.at(-1) ?? [];
    const size = Buffer.byteLength([head, ...open, line].join('\n')) + ' (10/10)'.length;
    if (size > PART_BYTES && open.length > 0) parts.push([line]);
    else open.push(line);
  }
  return parts.map((part, i) => {
    const count = parts.length > 1 ? ` (${i + 1}/${parts.length})` : '';
    return [`${head}${count}`, ...part].join('\n');
  });
}

type Request = { readonly url: string; readonly body: object };

const REQUESTS: Readonly<
  Record<Robot, (address: string, text: string, secret: string, now: number) => Request>
> = {
  wecom: (address, content) => ({ url: address, body: { msgtype: 'text', text: { content } } }),
  dingtalk: (address, content, secret, now) => {
    const body = { msgtype: 'text', text: { content } };
    if (secret === '') return { url: address, body };
    const url = new URL(address);
    url.searchParams.set('timestamp', String(now));
    url.searchParams.set('sign', hmac(secret, `${now}\n${secret}`));
    return { url: url.href, body };
  },
  feishu: (address, text, secret, now) => {
    const body = { msg_type: 'text', content: { text } };
    if (secret === '') return { url: address, body };
    const timestamp = String(Math.floor(now / 1_000));
    // Feishu signs nothing, with the time and the secret as the key.
    const sign = hmac(`${timestamp}\n${secret}`, '');
    return { url: address, body: { timestamp, sign, ...body } };
  },
};

function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64');
}

/** Too many messages, or busy: it goes better later. */
const PASSING: Readonly<Record<Robot, ReadonlySet<number>>> = {
  wecom: new Set([-1, 45009]),
  dingtalk: new Set([-1, 130101, 410100]),
  feishu: new Set([9499, 11232, 11233]),
};

function readAnswer(robot: Robot, text: string): Outcome {
  const said = jsonOf(text);
  const code = said['errcode'] ?? said['code'] ?? said['StatusCode'];
  if (code === 0) return { kind: 'accepted' };
  const words = said['errmsg'] ?? said['msg'] ?? said['StatusMessage'] ?? text.slice(0, 200);
  const error = `${robot} ${String(code ?? 'says')}: ${String(words)}`;
  return PASSING[robot].has(Number(code)) ? { kind: 'later', error } : { kind: 'refused', error };
}

function jsonOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
