/** The little of npos that the tests use; the package has no types of its own. */
declare module 'npos' {
  /** What may stand behind a command byte: name of the command -> bytes or readers to skip. */
  export type Rules = Record<number, Record<string, unknown> | number>;
  export type Node = {
    readonly code: number;
    readonly ascii: string;
    /** Name of the command; '' = text. */
    readonly fn?: string;
    readonly offset: number;
    readonly length: number;
    /** Of a raster, in dots. */
    readonly width?: number;
    readonly height?: number;
  };
  export type Bitmap = {
    readonly width: number;
    readonly height: number;
    getPixel(x: number, y: number): number;
  };
  export type Entry =
    | { readonly type: 'text'; readonly data: Buffer; readonly nodes: readonly Node[] }
    | { readonly type: 'raster'; readonly data: Bitmap; readonly nodes: readonly Node[] };
  export type Ast = { readonly tree: readonly Node[]; readonly entries: readonly Entry[] };
  export const Parser: new (rules: Rules) => { parse(bytes: Buffer): Promise<Ast> };
  export const rules: Rules;
  export function textualize(ast: Ast, options: { ocr: false }): Promise<readonly string[]>;
}
