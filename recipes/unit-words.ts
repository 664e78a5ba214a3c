/** The units of weight, volume and number that everybody knows, in both languages. */
import { ONE, type Rational, rational } from './rational.ts';

export type BaseUnit = 'g' | 'ml' | 'ea';

/** A unit everybody knows: 1 of it is `factor` of `base`. */
export type KnownUnit = { readonly base: BaseUnit; readonly factor: Rational };

/** The known unit of this name, if any. Case does not matter, but for `t` (a tonne; `T` is a spoon to some). */
export function knownUnit(name: string): KnownUnit | undefined {
  return KNOWN.get(name) ?? (name === 'T' ? undefined : KNOWN.get(name.toLowerCase()));
}

/** All known unit names, for remedies. */
export function knownUnitNames(): readonly string[] {
  return NAMES;
}

/**
 * Pound and ounce: international (1959). Spoons, cup and fluid ounce: the round figures of 21 CFR
 * 101.9(b)(5)(viii), which agree with each other. 斤 两 钱: market units of the mainland since 1959.
 * Only words that can mean nothing but "one piece" count as 1 ea; a 盒 or 包 is for the item to define.
 */
const DEFINITIONS: readonly (readonly [BaseUnit, Rational, string])[] = [
  ['g', rational(1n, 1000n), 'mg 毫克'],
  ['g', ONE, 'g gram grams 克'],
  ['g', rational(5n), '钱'],
  ['g', rational(50n), '两'],
  ['g', rational(500n), '斤 市斤 jin'],
  ['g', rational(1000n), 'kg kilo kilos 千克 公斤'],
  ['g', rational(1_000_000n), 't 吨'],
  ['g', rational(45_359_237n, 100_000n), 'lb lbs 磅'],
  ['g', rational(28_349_523_125n, 1_000_000_000n), 'oz 盎司'],
  ['ml', ONE, 'ml 毫升'],
  ['ml', rational(10n), 'cl 厘升'],
  ['ml', rational(100n), 'dl 分升'],
  ['ml', rational(1000n), 'l liter litre 升 公升'],
  ['ml', rational(5n), 'tsp 茶匙 小匙'],
  ['ml', rational(15n), 'tbsp 汤匙 大匙'],
  ['ml', rational(30n), 'floz'],
  ['ml', rational(240n), 'cup cups'],
  ['ea', ONE, 'ea each pc pcs piece pieces portion portions 个 只 份 颗 粒 枚'],
  ['ea', rational(12n), 'dozen 打'],
];

const KNOWN: ReadonlyMap<string, KnownUnit> = new Map(
  DEFINITIONS.flatMap(([base, factor, names]) =>
    names.split(' ').map((name) => [name, { base, factor }] as const),
  ).concat([['fl oz', { base: 'ml', factor: rational(30n) }]]),
);

const NAMES: readonly string[] = [...KNOWN.keys()];
