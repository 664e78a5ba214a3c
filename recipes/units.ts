/**
 * How an item's own units ("pack: 2 kg", "ml: 1.05 g") and the known ones turn what people write into
 * its base unit. All factors are exact fractions.
 */
import { type Micro, microFromDecimal, plainDecimal } from './amount.ts';
import { nearest } from './nearest.ts';
import { parseQuantity, QuantityError, type QuantityProblem } from './quantity.ts';
import { compare, div, isZero, microFromRational, mul, ONE, type Rational } from './rational.ts';
import { type BaseUnit, type KnownUnit, knownUnit, knownUnitNames } from './unit-words.ts';

/** How one item's amounts are read. */
export type UnitTable = {
  readonly base: BaseUnit;
  /** Base units per 1 of a unit, by the name as written; or why there is none. */
  factor(unit: string): { ok: true; value: Rational } | { ok: false; problem: QuantityProblem };
  /** The item's own unit names, in the order given. */
  readonly own: readonly string[];
};

/** A problem with a definition; `unit` is the name it stands under. */
export type UnitProblem = QuantityProblem & { readonly unit: string };

export type Converted =
  | { readonly ok: true; readonly value: Rational }
  | { readonly ok: false; readonly problem: QuantityProblem };

/**
 * The table of an item with this base unit and its own units (name -> amount in other units). An own
 * name may give a known unit of mass or volume (a density: `ml: 1.05 g`) and replaces a known counting
 * word (`个: 50 g`). Conversions chain in any order; two ways to the same unit must agree exactly.
 * The table is always usable: a definition with a problem is left out. `owner` is the id for remedies.
 */
export function unitTable(
  base: BaseUnit,
  own: Readonly<Record<string, string | number>> = {},
  owner = '',
): { readonly table: UnitTable; readonly problems: readonly UnitProblem[] } {
  const problems: UnitProblem[] = [];
  const names = new Set(Object.keys(own).map(nodeName));
  const edges = new Map<string, Edge[]>();
  for (const [name, text] of Object.entries(own)) {
    const edge = readDefinition(name, text, names, owner);
    if ('code' in edge) problems.push({ ...edge, unit: name });
    else {
      push(edges, edge.from, edge);
      push(edges, edge.to, {
        ...edge,
        from: edge.to,
        to: edge.from,
        factor: div(ONE, edge.factor),
      });
    }
  }
  const { reached, told } = reach(base, edges, problems);
  for (const name of Object.keys(own)) {
    const from = resolve(name, names).node;
    const broken = problems.some((problem) => problem.unit === name);
    if (!reached.has(from) && !told.has(from) && !broken)
      problems.push({ ...noConversion(name, base, owner), unit: name });
  }
  const table = tableOf({ base, own: Object.keys(own), owner }, names, reached);
  return { table, problems };
}

/** An amount as people write it ("0.4 kg", "1 case", 348) in the table's base unit, exactly. */
export function toBase(amount: string | number, table: UnitTable): Converted {
  const isNumber = typeof amount === 'number' && Number.isFinite(amount);
  const quantity = parseQuantity(isNumber ? plainDecimal(amount) : String(amount));
  if (!quantity.ok) return quantity;
  if (quantity.unit === undefined) return { ok: true, value: quantity.value };
  const factor = table.factor(quantity.unit);
  return factor.ok ? { ok: true, value: mul(quantity.value, factor.value) } : factor;
}

/**
 * An amount as people write it in millionths of the table's base unit, rounded half-even.
 * @throws QuantityError with words in both languages
 */
export function toBaseMicro(amount: string | number, table: UnitTable): Micro {
  if (typeof amount === 'number' && Number.isSafeInteger(amount) && amount >= 0 && amount < 1e9) {
    return microFromDecimal(amount);
  }
  const converted = toBase(amount, table);
  if (!converted.ok) throw new QuantityError(converted.problem);
  try {
    return microFromRational(converted.value);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new QuantityError({
      code: 'too_large',
      message: `"${amount}" is too large an amount`,
      messageZh: `数量“${amount}”太大`,
      remedy: 'check the number and its unit',
      remedyZh: '请检查数字和单位',
    });
  }
}

/** 1 of `from` is `factor` of `to`; nodes are base units and the item's own names. */
type Edge = {
  readonly from: string;
  readonly to: string;
  readonly factor: Rational;
  readonly name: string;
};

/** Own names live beside base units in the graph; the mark keeps them apart. */
function nodeName(name: string): string {
  return `own ${name.toLowerCase()}`;
}

/**
 * Where a name stands in the graph: an own name, or a base unit times a factor. Mass and volume words
 * keep their physical meaning even when an item defines them: its definition is then a bridge.
 */
function resolve(name: string, own: ReadonlySet<string>): { node: string; factor: Rational } {
  const known = knownUnit(name);
  const replaced = own.has(nodeName(name)) && (known === undefined || isCountingWord(name, known));
  if (known === undefined || replaced) return { node: nodeName(name), factor: ONE };
  return { node: known.base, factor: known.factor };
}

function isCountingWord(name: string, known: KnownUnit): boolean {
  return known.base === 'ea' && name.toLowerCase() !== 'ea';
}

function readDefinition(
  name: string,
  text: string | number,
  names: ReadonlySet<string>,
  owner: string,
): Edge | QuantityProblem {
  const quantity = parseQuantity(String(text));
  if (!quantity.ok) return quantity.problem;
  if (quantity.unit === undefined || isZero(quantity.value))
    return badDefinition(name, String(text));
  const left = resolve(name, names);
  const right = resolve(quantity.unit, names);
  if (!isBase(right.node) && !names.has(right.node))
    return unknownUnit(quantity.unit, names, owner);
  const factor = div(mul(quantity.value, right.factor), left.factor);
  return { from: left.node, to: right.node, factor, name };
}

function isBase(node: string): node is BaseUnit {
  return node === 'g' || node === 'ml' || node === 'ea';
}

/**
 * Walks the graph from the base unit, then from what is left over, so that every loop is checked.
 * `told` are the left-over units of a contradiction: that they lead nowhere is no second mistake.
 */
function reach(
  base: BaseUnit,
  edges: ReadonlyMap<string, readonly Edge[]>,
  problems: UnitProblem[],
): { reached: ReadonlyMap<string, Rational>; told: ReadonlySet<string> } {
  const reached = spread(base, edges, problems);
  const seen = new Set(reached.keys());
  const told = new Set<string>();
  for (const start of edges.keys()) {
    if (seen.has(start)) continue;
    const before = problems.length;
    for (const node of spread(start, edges, problems).keys()) {
      seen.add(node);
      if (problems.length > before) told.add(node);
    }
  }
  return { reached, told };
}

/** `start` per 1 of each unit that can be reached from it. */
function spread(
  start: string,
  edges: ReadonlyMap<string, readonly Edge[]>,
  problems: UnitProblem[],
): Map<string, Rational> {
  const factors = new Map<string, Rational>([[start, ONE]]);
  const queue = [start];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    const here = factors.get(node) ?? ONE;
    for (const edge of edges.get(node) ?? []) {
      const factor = div(here, edge.factor);
      const known = factors.get(edge.to);
      if (known === undefined) {
        factors.set(edge.to, factor);
        queue.push(edge.to);
      } else if (compare(known, factor) !== 0 && !problems.some((p) => p.unit === edge.name)) {
        problems.push({ ...contradiction(edge.name), unit: edge.name });
      }
    }
  }
  return factors;
}

function tableOf(
  { base, own, owner }: { base: BaseUnit; own: readonly string[]; owner: string },
  names: ReadonlySet<string>,
  reached: ReadonlyMap<string, Rational>,
): UnitTable {
  return {
    base,
    own,
    factor(unit) {
      const { node, factor } = resolve(unit, names);
      const toBaseFactor = reached.get(node);
      if (toBaseFactor !== undefined) return { ok: true, value: mul(factor, toBaseFactor) };
      if (isBase(node) || names.has(node))
        return { ok: false, problem: noConversion(unit, base, owner) };
      return { ok: false, problem: unknownUnit(unit, own, owner) };
    },
  };
}

function unknownUnit(unit: string, own: Iterable<string>, owner: string): QuantityProblem {
  const names = [...own].map((name) => name.replace(/^own /, ''));
  const meant = unit === 'T' ? undefined : nearest(unit, [...names, ...knownUnitNames()]);
  const some = [...names, 'g', 'kg', 'ml', 'l', 'ea'].join(', ');
  return {
    code: 'unknown_unit',
    message: `unknown unit "${unit}"`,
    messageZh: `未知单位“${unit}”`,
    remedy:
      meant === undefined
        ? `use one of ${some}, or define "${unit}" under ${unitsOf(owner)}`
        : `use "${meant}"`,
    remedyZh:
      meant === undefined
        ? `可用 ${some}，或在 ${unitsOf(owner)} 中定义“${unit}”`
        : `是否为“${meant}”`,
  };
}

function noConversion(unit: string, base: BaseUnit, owner: string): QuantityProblem {
  return {
    code: 'no_conversion',
    message: `no conversion from "${unit}" to ${base}`,
    messageZh: `“${unit}”无法换算成 ${base}`,
    remedy: `say under ${unitsOf(owner)} how much 1 ${unit} is, for example { ${unit}: 1 ${base} }`,
    remedyZh: `请在 ${unitsOf(owner)} 中写明 1 ${unit} 是多少，例如 { ${unit}: 1 ${base} }`,
  };
}

/** Where the missing definition belongs. */
function unitsOf(owner: string): string {
  return owner === '' ? 'units' : `${owner}.units`;
}

function contradiction(name: string): QuantityProblem {
  return {
    code: 'inconsistent_units',
    message: `the definition of "${name}" contradicts another one`,
    messageZh: `“${name}”的定义与其他换算矛盾`,
    remedy: 'correct or remove one of the definitions',
    remedyZh: '请改正或删除其中一个定义',
  };
}

function badDefinition(name: string, text: string): QuantityProblem {
  return {
    code: 'bad_unit',
    message: `"${name}" is defined as "${text}", which is not an amount with a unit`,
    messageZh: `“${name}”定义为“${text}”，不是带单位的数量`,
    remedy: `write an amount above 0 with its unit, for example ${name}: 2 kg`,
    remedyZh: `请写大于 0 且带单位的数量，例如 ${name}: 2 kg`,
  };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
