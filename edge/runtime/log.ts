/** JSON lines on standard output. Secrets never reach it: the paths below are masked. */
import { type Logger, pino } from 'pino';

export type Log = Logger;

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export function openLog(level: LogLevel): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: ['password', '*.password', 'token', '*.token', 'authorization', '*.authorization'],
    },
    // Synchronous: the last line before a crash is the one that is needed.
    pino.destination({ dest: 1, sync: true }),
  );
}
