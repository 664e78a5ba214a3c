import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../kitchen-ui/src/app.css', import.meta.url), 'utf8');

type Colour = readonly [number, number, number];

function tokens(theme: string): Map<string, Colour> {
  const block = new RegExp(`\\[data-theme=.${theme}.\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  const found = block.matchAll(/--([\w-]+): #([0-9a-f]{6});/gi);
  return new Map([...found].map(([, name = '', hex = '']) => [name, colourOf(hex)]));
}

function colourOf(hex: string): Colour {
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return [channel(0), channel(2), channel(4)];
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: Colour): number {
  const [r, g, b] = colour.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

function contrast(a: Colour, b: Colour): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** `share` of `top` over `bottom`, as `color-mix` in the style of a tinted tile. */
function mix(top: Colour, bottom: Colour, share: number): Colour {
  const at = (i: 0 | 1 | 2) => top[i] * share + bottom[i] * (1 - share);
  return [at(0), at(1), at(2)];
}

describe.each(['dark', 'light'])('%s theme', (theme) => {
  const colours = tokens(theme);
  const colour = (name: string): Colour => {
    const found = colours.get(name);
    if (found === undefined) throw new Error(`app.css has no --${name} in the ${theme} theme`);
    return found;
  };

  it.each(['text', 'muted', 'ok', 'low', 'out', 'info'])('--%s reads on every ground', (name) => {
    for (const ground of ['ground', 'surface', 'raised']) {
      expect(contrast(colour(name), colour(ground)), ground).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(['low', 'out'])('text, grey and status read on a tile tinted %s', (tone) => {
    const face = mix(colour(tone), colour('surface'), tone === 'low' ? 0.07 : 0.09);
    for (const name of ['text', 'muted', tone]) {
      expect(contrast(colour(name), face), name).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('reads on buttons and badges', () => {
    expect(contrast(colour('on-accent'), colour('info'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour('ground'), colour('low'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour('ground'), colour('text'))).toBeGreaterThanOrEqual(4.5);
  });
});
