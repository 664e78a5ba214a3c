/** Routes without a token: alive, ready, figures, and this document. */
import { z } from 'zod';
import type { HqRoute } from './route.ts';

export const SYSTEM_ROWS: readonly HqRoute[] = [
  {
    method: 'get',
    path: '/healthz',
    tag: 'system',
    auth: 'none',
    summary: { en: 'Whether the process runs', zh: '进程是否存活' },
    answer: { status: 200, schema: z.object({ status: z.string() }).meta({ id: 'Health' }) },
  },
  {
    method: 'get',
    path: '/readyz',
    tag: 'system',
    auth: 'none',
    summary: { en: 'Whether it can serve; 503 when not', zh: '是否可服务；否则返回 503' },
    answer: {
      status: 200,
      schema: z
        .object({ status: z.string(), problems: z.array(z.string()) })
        .meta({ id: 'Readiness' }),
    },
  },
  {
    method: 'get',
    path: '/metrics',
    tag: 'system',
    auth: 'none',
    summary: { en: 'Figures for Prometheus', zh: 'Prometheus 指标' },
    answer: { status: 200, type: 'text/plain' },
  },
  {
    method: 'get',
    path: '/hq/openapi.json',
    tag: 'system',
    auth: 'none',
    summary: { en: 'This document', zh: '本文档' },
    answer: { status: 200 },
  },
];
