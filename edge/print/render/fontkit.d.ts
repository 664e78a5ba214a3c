/** The little of fontkit that is used here; the package has no types of its own. */
declare module 'fontkit' {
  export type Glyph = {
    readonly id: number;
    readonly advanceWidth: number;
    readonly path: { toSVG(): string };
  };
  export type Font = {
    readonly unitsPerEm: number;
    layout(text: string, features?: readonly string[]): { readonly glyphs: readonly Glyph[] };
  };
  export function create(file: Uint8Array): Font;
}
