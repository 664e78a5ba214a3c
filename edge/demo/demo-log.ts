/** The demo's log: all of it in a file, and what is wrong on the terminal, too. */
import { createWriteStream } from 'node:fs';
import { pino } from 'pino';
import type { Log, LogLevel } from '../runtime/log.ts';

/** @param tell shows a line to the person in front of the terminal */
export function openDemoLog(file: string, level: LogLevel, tell: (line: string) => void): Log {
  const terminal = {
    write(line: string) {
      tell(shortLine(line));
    },
  };
  const lines = createWriteStream(file, { flags: 'a', mode: 0o600 });
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: ['password', '*.password', 'token', '*.token', 'authorization', '*.authorization'],
    },
    pino.multistream([
      { level: level === 'silent' ? 'fatal' : level, stream: lines },
      { level: 'warn', stream: terminal },
    ]),
  );
}

/** "warn: broker connection closed (…)" from a JSON line. */
function shortLine(line: string): string {
  try {
    const { level, msg, time: _time, err, ...rest } = JSON.parse(line) as Record<string, unknown>;
    const why = (err as { message?: string } | undefined)?.message;
    const facts = Object.entries(rest).map(([key, value]) => `${key} ${String(value)}`);
    const more = [...(why === undefined ? [] : [why]), ...facts].join(', ');
    return `${String(level)}: ${String(msg)}${more === '' ? '' : ` (${more})`}`;
  } catch {
    return line.trimEnd();
  }
}
