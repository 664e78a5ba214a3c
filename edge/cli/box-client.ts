/** Calls of the running box over HTTP, with the admin token of its `secrets.json`. */
import { randomBytes } from 'node:crypto';
import type { CommandResult } from '#recipes/contracts/command.ts';
import { Stop } from './fail.ts';
import { noBox, type RunningBox } from './place.ts';

export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly etag: string | undefined;
};

export type CallOptions = {
  readonly body?: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

const WITHIN_MS = 60_000;

/** One call; any status is an answer. @throws Stop `no_box` when nobody answers */
export async function callBox(
  box: RunningBox,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(`${box.httpUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${box.secrets.adminToken}`,
        'accept-language': box.lang,
        'content-type': options.contentType ?? 'application/json',
        ...options.headers,
      },
      signal: AbortSignal.timeout(WITHIN_MS),
      ...(options.body === undefined ? {} : { body: options.body }),
    });
  } catch {
    throw noBox([box.data]);
  }
  const text = await response.text();
  return {
    status: response.status,
    body: parseOrText(text),
    etag: response.headers.get('etag') ?? undefined,
  };
}

/** One call that must succeed. @throws Stop with the box's own words */
export async function askBox<T>(
  box: RunningBox,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<T> {
  const answer = await callBox(box, method, path, options);
  if (answer.status < 400) return answer.body as T;
  throw refusal(answer);
}

/** Carries out one command. @throws Stop with the box's words when it is rejected */
export async function commandBox(
  box: RunningBox,
  kind: string,
  data: unknown,
  id = `cli:${randomBytes(12).toString('hex')}`,
): Promise<CommandResult> {
  const body = JSON.stringify({ commands: [{ id, kind, actor: 'larder', data }] });
  const answer = await askBox<{ results: CommandResult[] }>(box, 'POST', '/api/v1/commands', {
    body,
  });
  const [result] = answer.results;
  if (result && (result.status === 'applied' || result.status === 'duplicate')) return result;
  const words = result?.message ?? {
    en: 'the box did not answer the command',
    zh: '主机未答复命令',
  };
  throw new Stop(result?.code ?? 'rejected', words);
}

/** The box's refusal (RFC 9457) as an end of the tool. */
export function refusal({ status, body }: Answer): Stop {
  const said = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (key: string) => (typeof said[key] === 'string' ? said[key] : undefined);
  const en = text('detail') ?? text('title') ?? `the box answered ${status}`;
  // The detail comes in the language that was asked for.
  return new Stop(text('code') ?? `http_${status}`, { en, zh: en });
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
