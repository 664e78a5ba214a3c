/**
 * Lines of a Freemud order: dishes, set meals with their parts, add-ons, spec (大杯) and property
 * (三分糖), and weighed dishes. Field names: 开个店 guide, order.md.
 */
import type { SoldLine } from '#recipes/contracts/pos-event.ts';
import type { Notes } from './adapter.ts';
import { codeOf, type Fields, fieldsOf, listOf, textOf } from './fields.ts';
import { reason } from './reasons.ts';
import { fitCode, fitName, moneyText, plainDecimal, quantityOf } from './values.ts';

/** Whether any of these products says how many. */
export function hasQuantities(products: readonly unknown[]): boolean {
  return products.some((entry) => {
    const product = fieldsOf<ProductField>(entry);
    return (product?.productQuantity ?? product?.qty) !== undefined;
  });
}

/**
 * Products as sold lines, parts of set meals after their parent. Quantities of parts are taken as
 * written, not multiplied by the parent's: the vendor's own example repeats the parent's 12 in the part.
 */
export function freemudLines(products: readonly unknown[], path: string, notes: Notes): SoldLine[] {
  const flat: Flat[] = [];
  for (const [i, entry] of products.entries()) {
    const product = fieldsOf<ProductField>(entry) ?? {};
    const parent: Flat = { product, path: `${path}/${i}`, parent: undefined, parts: 0 };
    flat.push(parent);
    for (const [j, part] of listOf(product.productComboList).entries()) {
      const at = `${path}/${i}/productComboList/${j}`;
      flat.push({ product: fieldsOf<ProductField>(part) ?? {}, path: at, parent, parts: 0 });
      parent.parts += 1;
    }
  }
  for (const [i, one] of flat.entries()) adopt(one, i, flat, notes);
  const lineIds = lineIdsOf(flat);
  return flat.map((one) => lineOf(one, lineIds, notes));
}

type ProductField =
  | 'productId'
  | 'spuId'
  | 'skuId'
  | 'thirdProductId'
  | 'productName'
  | 'spuName'
  | 'skuName'
  | 'productQuantity'
  | 'qty'
  | 'productType'
  | 'parentProductId'
  | 'productSeq'
  | 'weight'
  | 'unit'
  | 'productUnit'
  | 'productWeightUnit'
  | 'productPrice'
  | 'productSharePrice'
  | 'sharePrice'
  | 'productSpecName'
  | 'thirdProductSpecId'
  | 'productProperty'
  | 'thirdProductPropertyId'
  | 'productComboList'
  | 'materialList'
  | 'attributes';
type Product = Fields<ProductField>;
type Flat = {
  readonly product: Product;
  readonly path: string;
  parent: Flat | undefined;
  parts: number;
};
type SoldModifier = { sku: string; qty?: string; name?: string };

/** productType: 3 组合商品, 6 套餐商品, 7 加价套餐商品. */
const SET_MEALS: ReadonlySet<string> = new Set(['3', '6', '7']);
/** productType 11 称重商品: what leaves stock is its weight. */
const WEIGHED = '11';
/** Grams in one of the weight unit the line is sold by. */
const GRAMS: ReadonlyMap<string, number> = new Map([
  ['kg', 1000],
  ['千克', 1000],
  ['公斤', 1000],
  ['斤', 500],
  ['两', 50],
]);

/** Links a part to its set meal: the nearest line before it with that product id, else one after it. */
function adopt(one: Flat, index: number, flat: readonly Flat[], notes: Notes): void {
  const wanted = textOf(one.product.parentProductId);
  if (one.parent !== undefined || wanted === undefined || wanted === '0') return;
  const fits = (other: Flat) => other !== one && ownIds(other.product).includes(wanted);
  const parent = flat.slice(0, index).findLast(fits) ?? flat.slice(index + 1).find(fits);
  if (parent === undefined) {
    notes.warnings.push(reason('parent_not_found', `${one.path}/parentProductId`, wanted));
    return;
  }
  // A circle (each the other's part) has no top line; the first link wins.
  for (let above = parent.parent; above !== undefined; above = above.parent) {
    if (above === one) return;
  }
  one.parent = parent;
  parent.parts += 1;
}

function ownIds(product: Product): readonly (string | undefined)[] {
  return [product.productId, product.spuId, product.skuId, product.thirdProductId].map(textOf);
}

/** The sequence number where it is one per line (the vendor's example repeats it), else the product. */
function lineIdsOf(flat: readonly Flat[]): ReadonlyMap<Flat, string> {
  const sequences = flat.map((one) => textOf(one.product.productSeq));
  const usable = new Set(sequences).size === flat.length && !sequences.includes(undefined);
  const seen = new Map<string, number>();
  return new Map(
    flat.map((one, i) => {
      const base = usable ? (sequences[i] ?? '') : (ownIds(one.product).find(Boolean) ?? 'line');
      const nth = (seen.get(base) ?? 0) + 1;
      seen.set(base, nth);
      return [one, fitCode(nth === 1 ? base : `${base}#${nth}`)];
    }),
  );
}

function lineOf(one: Flat, lineIds: ReadonlyMap<Flat, string>, notes: Notes): SoldLine {
  const { product, path } = one;
  const lineId = lineIds.get(one);
  const parentLineId = one.parent && lineIds.get(one.parent);
  const setMeal = SET_MEALS.has(textOf(product.productType) ?? '');
  if (setMeal && one.parts === 0 && one.parent === undefined) {
    notes.warnings.push(reason('combo_without_parts', path));
  }
  const name = textOf(product.productName) ?? textOf(product.spuName) ?? textOf(product.skuName);
  const amount = amountOf(product, path, notes);
  const net = netOf(product);
  const modifiers = modifiersOf(product, path, notes);
  return {
    ...(lineId === undefined ? {} : { lineId }),
    sku: skuOf(product, path, notes),
    ...(name === undefined ? {} : { name: fitName(name) }),
    ...amount,
    // Without its parts a set meal must not count as "only a headline": it stays a dish, so that an
    // unknown code is held and seen.
    ...(one.parts > 0 ? { kind: 'combo' as const } : {}),
    ...(parentLineId === undefined ? {} : { parentLineId }),
    ...(net === undefined ? {} : { net }),
    ...(modifiers.length === 0 ? {} : { modifiers }),
  };
}

/** 开个店's own codes first: they are always there, the merchant's own code only sometimes. */
function skuOf(product: Product, path: string, notes: Notes): string {
  const before = notes.faults.length;
  for (const field of ['skuId', 'productId', 'spuId', 'thirdProductId'] as const) {
    const code = codeOf(product[field], `${path}/${field}`, notes);
    if (code !== undefined) return fitCode(code);
  }
  if (notes.faults.length === before) {
    notes.faults.push(reason('missing_field', `${path}/productId`, 'productId, spuId, skuId'));
  }
  return '?';
}

/** How many; of a weighed dish how much, in the weight unit of the line or else in grams. */
function amountOf(product: Product, path: string, notes: Notes): { qty: string; unit?: string } {
  const field = product.productQuantity === undefined ? 'qty' : 'productQuantity';
  const count = quantityOf(product[field], `${path}/${field}`, notes) ?? '0';
  const weighed = textOf(product.productType) === WEIGHED;
  const grams = weighed ? plainDecimal(product.weight) : undefined;
  if (grams === undefined || grams === '0') return { qty: count };
  if (count !== '1') notes.warnings.push(reason('weighed_quantity', `${path}/${field}`));
  const named = [product.unit, product.productUnit, product.productWeightUnit].map(textOf);
  const unit = named.find((name) => name !== undefined && GRAMS.has(name)) ?? 'g';
  const per = BigInt(GRAMS.get(unit) ?? 1);
  const micrograms = BigInt(Math.round(Number(grams) * 1e6));
  // Finer than a millionth of that unit: then in grams, so that nothing is rounded away.
  if (micrograms % per !== 0n) return { qty: grams, unit: 'g' };
  const millionths = micrograms / per;
  const fraction = String(millionths % 1_000_000n).padStart(6, '0');
  return { qty: plainDecimal(`${millionths / 1_000_000n}.${fraction}`) ?? grams, unit };
}

/** Price of one times quantity, less the discount of the line; from fen. */
function netOf(product: Product): string | undefined {
  const price = product.productPrice;
  const count = Number(plainDecimal(product.productQuantity) ?? Number.NaN);
  const discount = product.productSharePrice ?? product.sharePrice ?? 0;
  if (typeof price !== 'number' || typeof discount !== 'number') return undefined;
  return moneyText(price * count - discount, 2);
}

function modifiersOf(product: Product, path: string, notes: Notes): SoldModifier[] {
  return [
    ...named(product.productSpecName, product.thirdProductSpecId, 'spec'),
    ...named(product.productProperty, product.thirdProductPropertyId, 'prop'),
    ...listOf(product.attributes).flatMap((entry) => {
      const attribute = fieldsOf<'attributeId' | 'attributeValue'>(entry) ?? {};
      return named(attribute.attributeValue, attribute.attributeId, 'prop');
    }),
    ...listOf(product.materialList).flatMap((entry, i) =>
      material(fieldsOf<ProductField>(entry) ?? {}, `${path}/materialList/${i}`, notes),
    ),
  ];
}

/** Names and their third-party codes, each a list in one text; a code without a name stands alone. */
function named(names: unknown, codes: unknown, prefix: 'spec' | 'prop'): SoldModifier[] {
  const nameList = (textOf(names) ?? '').split(NAME_ENDS).flatMap((n) => textOf(n) ?? []);
  const codeList = (textOf(codes) ?? '').split(/[,，]/).flatMap((c) => textOf(c) ?? []);
  if (codeList.length === 0) {
    return nameList.map((name) => ({ sku: fitCode(`${prefix}:${name}`), name: fitName(name) }));
  }
  const paired = nameList.length === codeList.length;
  const whole = textOf(names);
  return codeList.map((code, i) => {
    const name = paired ? nameList[i] : whole;
    return { sku: fitCode(code), ...(name === undefined ? {} : { name: fitName(name) }) };
  });
}

/** A slash separates too, but not in "1/2糖". */
const NAME_ENDS = /[,，、;；]|(?<!\d)\/|\/(?!\d)/;

function material(product: Product, path: string, notes: Notes): SoldModifier[] {
  const third = codeOf(product.thirdProductId, `${path}/thirdProductId`, notes);
  const own = codeOf(product.productId ?? product.skuId, `${path}/productId`, notes);
  const name = textOf(product.productName);
  const sku = third ?? (own === undefined ? undefined : `mat:${own}`) ?? (name && `mat:${name}`);
  if (sku === undefined) {
    notes.faults.push(reason('missing_field', `${path}/productId`, 'productId'));
    return [];
  }
  const field = product.productQuantity === undefined ? 'qty' : 'productQuantity';
  const counted = product[field] !== undefined;
  const qty = counted ? quantityOf(product[field], `${path}/${field}`, notes) : undefined;
  return [
    {
      sku: fitCode(sku),
      ...(qty === undefined ? {} : { qty }),
      ...(name === undefined ? {} : { name: fitName(name) }),
    },
  ];
}
