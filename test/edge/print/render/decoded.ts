/**
 * What a printer would make of our bytes, told by npos: a parser and GB18030 decoder that were not written
 * for this project. It does not know QR codes (GS ( k), so their frame is added to its rules; the rest of
 * its rules is as it came.
 */
import { type Bitmap, type Node, Parser, rules, textualize } from 'npos';
import { vi } from 'vitest';

export type Decoded = {
  /** Each line of text, as npos decodes it. */
  readonly lines: readonly string[];
  /** The bytes of all text, line feeds included. */
  readonly textBytes: Uint8Array;
  readonly rasters: readonly Bitmap[];
  /** Payloads of QR codes. */
  readonly codes: readonly string[];
  /** Commands in their order: "ESC@", "GS!"… */
  readonly commands: readonly string[];
};

const GS = 0x1d;
const known = rules[GS] as Record<string, unknown>;
const withCodes = { ...rules, [GS]: { ...known, '(k': [lengthAndData] } };

export async function decoded(bytes: Uint8Array): Promise<Decoded> {
  const raw = Buffer.from(bytes);
  const ast = await new Parser(withCodes).parse(raw);
  const texts = ast.entries.filter((entry) => entry.type === 'text');
  const quiet = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const said = await textualize({ ...ast, entries: texts }, { ocr: false });
  quiet.mockRestore();
  const isText = (node: Node) => node.fn === '' && node.ascii === 'STX';
  const slice = ({ offset, length }: Node) => raw.subarray(offset, offset + length);
  return {
    lines: said.join('').split('\n').slice(0, -1),
    textBytes: Buffer.concat(ast.tree.filter(isText).map(slice)),
    rasters: ast.tree.filter(({ fn }) => fn === 'v0').map((node) => bitmap(raw, node)),
    codes: ast.tree.flatMap((node) => {
      // GS ( k pL pH 1 P 0 data: store the symbol.
      const frame = slice(node);
      const isStored = node.fn === '(k' && frame[5] === 0x31 && frame[6] === 0x50;
      return isStored ? [frame.subarray(8).toString('utf8')] : [];
    }),
    commands: ast.tree.filter((node) => !isText(node)).map(({ ascii, fn }) => ascii + (fn ?? '')),
  };
}

function lengthAndData(raw: Buffer, offset: number): number {
  return 2 + raw.readUInt16LE(offset);
}

/** The dots of one GS v 0, black = 1. Its decoder has put the size and the place of the dots on the node. */
function bitmap(raw: Buffer, { offset, width = 0, height = 0 }: Node): Bitmap {
  const row = width / 8;
  return {
    width,
    height,
    getPixel: (x, y) => ((raw[offset + y * row + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1,
  };
}
