/** What the tool says: a text in the reader's language, or one JSON document. */
import type { Words } from '#recipes/contracts/command.ts';
import type { Lang } from '#recipes/words/words.ts';
import type { Stop } from './fail.ts';

export type Output = {
  readonly json: boolean;
  readonly lang: Lang;
  /** One line for people; nothing with `--json`. */
  line(text: string | Words): void;
  /** The whole answer for machines; nothing without `--json`. */
  data(value: unknown): void;
  /** Bytes or text that are the product itself, whatever the format. */
  raw(content: string | Uint8Array): void;
  /** What goes on, on standard error, in place on a terminal. */
  progress(text: string | Words): void;
  /** Ends the line of `progress`. */
  progressDone(): void;
  note(text: string | Words): void;
  stop(stop: Stop): void;
  /** The words in the reader's language. */
  say(words: Words): string;
};

export type OutputOptions = {
  readonly json?: boolean | undefined;
  readonly lang?: string | undefined;
};

const PROGRESS_EVERY_MS = 250;

/** Where a verb writes: for people, or one JSON document for machines. */
export function openOutput(
  options: OutputOptions,
  env: Readonly<Record<string, string | undefined>>,
): Output {
  const json = options.json === true;
  const lang = languageOf(options.lang, env);
  const text = (words: string | Words) => (typeof words === 'string' ? words : words[lang]);
  let open = false;
  let shownAt = 0;

  function endLine(): void {
    if (open) process.stderr.write('\n');
    open = false;
  }

  return {
    json,
    lang,
    line(words) {
      if (!json) process.stdout.write(`${text(words)}\n`);
    },
    data(value) {
      if (json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    raw(content) {
      process.stdout.write(content);
    },
    progress(words) {
      const now = performance.now();
      // A file that catches standard error would fill with it: there, four lines a minute are enough.
      const every = process.stderr.isTTY ? PROGRESS_EVERY_MS : 15_000;
      if (now - shownAt < every) return;
      shownAt = now;
      if (process.stderr.isTTY) {
        process.stderr.write(`\r\u001b[2K${text(words)}`);
        open = true;
      } else process.stderr.write(`${text(words)}\n`);
    },
    progressDone: endLine,
    note(words) {
      endLine();
      process.stderr.write(`${text(words)}\n`);
    },
    stop(stop) {
      endLine();
      if (json) {
        const { code, words, remedy } = stop;
        process.stdout.write(`${JSON.stringify({ error: { code, ...words, remedy } }, null, 2)}\n`);
        return;
      }
      process.stderr.write(`larder: ${stop.words[lang]}\n`);
      if (stop.remedy)
        process.stderr.write(`  ${lang === 'zh' ? '办法' : 'Remedy'}: ${stop.remedy[lang]}\n`);
    },
    say: (words) => words[lang],
  };
}

/** `--lang`, else what the terminal is set to. */
export function languageOf(
  said: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Lang {
  const text = said ?? (env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '');
  return /^zh/i.test(text) ? 'zh' : 'en';
}

/** Rows as a table with aligned columns; a Chinese character is two columns wide. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, widthOf(cell));
    });
  }
  return rows.map((row) =>
    row
      .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

/** Columns a text takes on a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}

const WIDE = /[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u;
