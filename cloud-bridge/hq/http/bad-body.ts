/** A body that is not what a call takes: every place in it that is wrong. */
import type { Context } from 'hono';
import type { z } from 'zod';
import { problem } from './problem.ts';

export function badBody(c: Context, error: z.ZodError): Response {
  const problems = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const [first] = problems;
  const where = first === undefined ? '' : `${first.path || 'body'}: ${first.message}`;
  return problem(
    c,
    400,
    'bad_body',
    {
      en: `the body is not what this call takes (${where}); the OpenAPI document has its shape`,
      zh: `请求体不符合要求(${where});格式见 OpenAPI 文档`,
    },
    { problems },
  );
}
