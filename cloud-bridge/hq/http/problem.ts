/** Errors as RFC 9457 problem details: what, where, and what to do. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Words } from '#recipes/contracts/command.ts';

/** Answers with a problem in the language the client asks for; `code` is the machine's word. */
export function problem(
  c: Context,
  status: ContentfulStatusCode,
  code: string,
  words: Words,
  extra: Readonly<Record<string, unknown>> = {},
): Response {
  const zh = /^zh\b/i.test(c.req.header('accept-language') ?? '');
  const body = {
    ...extra,
    type: `/hq/docs#problem-${code}`,
    title: TITLES[status] ?? 'Error',
    status,
    detail: zh ? words.zh : words.en,
    code,
  };
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' });
}

/** The words of what does not exist. */
export function notFound(what: string): Words {
  return { en: `there is no ${what}`, zh: `没有 ${what}` };
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Sign in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Not JSON',
  422: 'Not accepted',
  429: 'Come again later',
  500: 'Fault of head office',
  503: 'Cannot store now',
};
