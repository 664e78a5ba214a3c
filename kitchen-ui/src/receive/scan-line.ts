import type { Scan } from '#recipes/scan/route-scan.ts';
import { compareAmounts, inUnit, isMeasure, type SaidUnit, sum } from '../goods/units.ts';
import { changed, type Delivery, type Line, received, withItem } from './delivery.ts';

/** What a code on goods says of them. */
export type CodeOnGoods = Extract<Scan, { readonly kind: 'gs1' | 'barcode' | 'weight' }>;

export type Scanned = { readonly delivery: Delivery; readonly key: string };

/** Which unit a line of an item gets that nobody ordered. */
export type UnitChoice = (item: string, unit: string | undefined) => SaidUnit;

/**
 * Puts a scanned code on the line of its item: one more of what one scan is, with lot, dates and
 * weight. A case of another lot is another line; an item that is not on the list is added.
 */
export function scanned(
  delivery: Delivery,
  item: string,
  scan: CodeOnGoods,
  unitOf: UnitChoice,
): Scanned {
  const said = saidBy(scan);
  const fitting = lineFor(delivery, item, said.lot);
  if (fitting !== undefined) return onLine(delivery, fitting, scan, said, unitOf);
  const unit = unitOf(item, scan.unit);
  const like = delivery.lines.find((line) => line.item === item);
  const price = like !== undefined && like.unit === unit.unit ? like.price : '';
  const added = withItem(delivery, item, unit, { price, priceExpected: price });
  const line = added.delivery.lines.find((one) => one.key === added.key);
  return line === undefined ? added : onLine(added.delivery, line, scan, said, unitOf);
}

type Said = {
  readonly lot: string;
  readonly producedOn: string;
  readonly expiresOn: string;
  /** Base units of a weighed or measured thing. */
  readonly weight: string;
  readonly count: string;
};

function saidBy(scan: CodeOnGoods): Said {
  if (scan.kind !== 'gs1') {
    const weight = scan.kind === 'weight' ? (scan.grams ?? '') : '';
    const count = scan.kind === 'weight' && scan.count !== undefined ? String(scan.count) : '';
    return { lot: '', producedOn: '', expiresOn: '', weight, count };
  }
  const { lot, producedOn, packedOn, expiresOn, grams, millilitres, count } = scan.gs1;
  return {
    lot: lot ?? '',
    producedOn: producedOn ?? packedOn ?? '',
    expiresOn: expiresOn ?? '',
    weight: grams ?? millilitres ?? '',
    count: count === undefined ? '' : String(count),
  };
}

/** The same lot again, else a line of the item that has no lot yet. */
function lineFor(delivery: Delivery, item: string, lot: string): Line | undefined {
  const lines = delivery.lines.filter(
    (line) => line.item === item && line.problem !== 'rejected' && line.problem !== 'substitute',
  );
  if (lot === '') return lines.find((line) => line.qty === '') ?? lines[0];
  return lines.find((line) => line.lot === lot) ?? lines.find((line) => line.lot === '');
}

function onLine(
  delivery: Delivery,
  line: Line,
  scan: CodeOnGoods,
  said: Said,
  unitOf: UnitChoice,
): Scanned {
  const { key } = line;
  const filled = changed(delivery, key, {
    ...(said.lot === '' ? {} : { lot: said.lot }),
    ...(said.producedOn === '' ? {} : { producedOn: said.producedOn }),
    ...(said.expiresOn === '' ? {} : { expiresOn: said.expiresOn }),
  });
  const weighed = isWeighed(line, said.weight);
  const more = weighed ? inUnit(said.weight, line.per) : pieces(line, scan, said, unitOf);
  if (more === null) return { delivery: filled, key };
  const counted = received(filled, key, sum([line.qty, more]));
  if (weighed || said.weight === '') return { delivery: counted, key };
  return { delivery: changed(counted, key, { weight: sum([line.weight, said.weight]) }), key };
}

/** A line said in grams or kilograms takes the weight itself; one in packs keeps it beside. */
function isWeighed(line: Line, weight: string): boolean {
  return weight !== '' && isMeasure(line.unit);
}

/** How many of the line's unit one scan is; null when the code does not say and nothing is known. */
function pieces(line: Line, scan: CodeOnGoods, said: Said, unitOf: UnitChoice): string | null {
  const count = compareAmounts(said.count, '0') > 0 ? said.count : '1';
  if (scan.unit !== undefined && scan.unit !== line.unit) {
    const base = unitOf(line.item, scan.unit);
    const amount = inUnit(base.per, line.per);
    return amount === null ? null : times(amount, count);
  }
  return scan.unit === undefined && isMeasure(line.unit) ? null : count;
}

function times(amount: string, count: string): string {
  return sum(Array.from({ length: Math.min(999, Number(count)) || 1 }, () => amount));
}
