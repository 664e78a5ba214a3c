/**
 * The text of a PDF as somebody who copies it gets it: glyph numbers of the pages through the font's own
 * ToUnicode table. Enough for documents with one font; by the reference of PDF 1.7, 9.4 and 9.10.3.
 */
import { inflateSync } from 'node:zlib';

export type ReadPdf = {
  /** Text of each page, in the order in which it is drawn, without line ends. */
  readonly pages: readonly string[];
};

export function readPdf(file: Uint8Array): ReadPdf {
  const objects = objectsOf(Buffer.from(file));
  const texts = [...objects.values()];
  const maps = texts.filter(({ content }) => content.includes('begincmap'));
  const letters = new Map(maps.flatMap(({ content }) => [...lettersOf(content)]));
  const isPage = (head: string) => /\/Type\s*\/Page\b(?!s)/.test(head);
  const pages = texts
    .filter(({ head }) => isPage(head))
    .map(({ head }) => {
      const [, number = ''] = /\/Contents (\d+) 0 R/.exec(head) ?? [];
      return textOf(objects.get(number)?.content ?? '', letters);
    });
  return { pages };
}

type PdfObject = { readonly head: string; readonly content: string };

function objectsOf(file: Buffer): ReadonlyMap<string, PdfObject> {
  const text = file.toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const match of text.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, number = '', body = ''] = match;
    const [head = ''] = body.split('stream\n', 1);
    const start = (match.index ?? 0) + match[0].indexOf('stream\n') + 'stream\n'.length;
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const bytes = file.subarray(start, start + length);
    const isPacked = head.includes('/FlateDecode');
    const content = length === 0 ? '' : (isPacked ? inflateSync(bytes) : bytes).toString('latin1');
    objects.set(number, { head, content });
  }
  return objects;
}

/** Glyph number -> letters, from `<0000> <0010> [<0020> <4e00> …]` and `<0000> <0010> <4e00>`. */
function lettersOf(table: string): ReadonlyMap<number, string> {
  const letters = new Map<number, string>();
  const range = /<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*(\[[^\]]*\]|<[0-9a-f]+>)/gi;
  for (const [, from = '', , to = ''] of table.matchAll(range)) {
    const all = [...to.matchAll(/<([0-9a-f ]*)>/gi)].map(([, hex = '']) => unicode(hex));
    for (const [i, letter] of all.entries()) letters.set(Number.parseInt(from, 16) + i, letter);
  }
  return letters;
}

function unicode(hex: string): string {
  return Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le');
}

function textOf(page: string, letters: ReadonlyMap<number, string>): string {
  let text = '';
  for (const [, shown = ''] of page.matchAll(/\[([^\]]*)\] TJ/g)) {
    for (const [, hex = ''] of shown.matchAll(/<([0-9a-f]+)>/gi)) {
      for (let at = 0; at < hex.length; at += 4) {
        text += letters.get(Number.parseInt(hex.slice(at, at + 4), 16)) ?? '?';
      }
    }
  }
  return text;
}
