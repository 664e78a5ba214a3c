import { compareAmounts, inBase, inUnit, minus, type SaidUnit, sum } from '../goods/units.ts';

/** What a supplier was asked for, as the box answers. Amounts in base units, decimal. */
export type Order = {
  readonly order: string;
  readonly supplier: string;
  readonly supplierName: { readonly zh?: string; readonly en?: string } | string;
  readonly state: string;
  readonly deliverOn: string | null;
  readonly lines: readonly OrderLine[];
};

export type OrderLine = {
  readonly item: string;
  readonly name: { readonly zh?: string; readonly en?: string } | string;
  readonly ordered: string;
  readonly received: string;
  readonly unit: string;
  /** As it was ordered: "4 pack". */
  readonly written?: string;
  readonly packAmount?: string;
  /** Money per pack. */
  readonly price: string | null;
  readonly maxTemperature: string | null;
};

export type Problem = 'short' | 'over' | 'damaged' | 'rejected' | 'substitute';

/** One line of a delivery as it stands on the screen. Texts are as typed; '' = not said. */
export type Line = {
  /** Stays the same while the delivery is worked on. */
  readonly key: string;
  readonly item: string;
  /** The unit of `qty`, `expected`, `refused` and `price`, and base units in 1 of it. */
  readonly unit: string;
  readonly per: string;
  /** Still to come of the order; null = nobody ordered it. */
  readonly expected: string | null;
  /** What came in and stays; '' = nobody has looked yet. */
  readonly qty: string;
  /** Came, and goes back with the driver. */
  readonly refused: string;
  readonly problem: Problem | null;
  readonly substituteFor?: string;
  readonly lot: string;
  /** Calendar days, "2026-11-25". */
  readonly producedOn: string;
  readonly expiresOn: string;
  /** Money per 1 unit, and what it was expected to be. */
  readonly price: string;
  readonly priceExpected: string;
  /** Measured on this line alone; else the one of the delivery counts. */
  readonly temperature: string;
  /** Catch weight in base units: what the pieces really weigh. */
  readonly weight: string;
};

/** A delivery that is being received. */
export type Delivery = {
  readonly order: string | null;
  readonly supplier: string | null;
  readonly lines: readonly Line[];
  /** °C of everything that must be cold. */
  readonly temperature: string;
  /** Why a manager lets in what is too warm; null = nobody did. */
  readonly release: string | null;
  /** What is missing of the order will not come. */
  readonly close: boolean;
  /** Moment the delivery was opened, milliseconds. */
  readonly startedAt: number;
};

/** The delivery of an order: what has not come yet, nothing looked at. */
export function deliveryOf(order: Order, startedAt: number): Delivery {
  const lines = order.lines.flatMap((line, index) => {
    const open = minus(line.ordered, line.received);
    if (compareAmounts(open, '0') <= 0) return [];
    return [orderedLine(line, open, `o${index}`)];
  });
  return { ...EMPTY, order: order.order, supplier: order.supplier, lines, startedAt };
}

/** A delivery nobody ordered. */
export function unordered(supplier: string | null, startedAt: number): Delivery {
  return { ...EMPTY, supplier, startedAt };
}

/** A line for an item that is not on the list; at the end. */
export function withItem(
  delivery: Delivery,
  item: string,
  { unit, per }: SaidUnit,
  more: Partial<Line> = {},
): { readonly delivery: Delivery; readonly key: string } {
  const key = `a${1 + Math.max(0, ...delivery.lines.map((line) => Number(line.key.slice(1))))}`;
  const line = { ...BLANK, key, item, unit, per, ...more };
  return { delivery: { ...delivery, lines: [...delivery.lines, line] }, key };
}

export function changed(delivery: Delivery, key: string, part: Partial<Line>): Delivery {
  const lines = delivery.lines.map((line) => (line.key === key ? { ...line, ...part } : line));
  return { ...delivery, lines };
}

/** All that nobody has looked at came as it was ordered; what was said before stays. */
export function allAsOrdered(delivery: Delivery): Delivery {
  const lines = delivery.lines.map((line) =>
    line.qty === '' && line.expected !== null ? { ...line, qty: line.expected } : line,
  );
  return { ...delivery, lines };
}

/** So much came and stays; less or more than expected says so by itself. */
export function received(delivery: Delivery, key: string, qty: string): Delivery {
  return withLine(delivery, key, (line) => {
    if (line.problem === 'damaged' || line.problem === 'substitute') return { ...line, qty };
    return { ...line, qty, refused: '', problem: differenceOf(line, qty) };
  });
}

/** So much of it is damaged and goes back; the rest stays. */
export function damaged(delivery: Delivery, key: string, refused: string): Delivery {
  return withLine(delivery, key, (line) => {
    const came = cameOf(line);
    const back = came !== '' && compareAmounts(refused, came) > 0 ? came : refused;
    const qty = came === '' ? '' : minus(came, back);
    return { ...line, refused: back, qty, problem: 'damaged' };
  });
}

/** All of it goes back with the driver. Said again: it stays after all. */
export function rejected(delivery: Delivery, key: string): Delivery {
  return withLine(delivery, key, (line) => {
    if (line.problem === 'rejected') return { ...line, qty: '', refused: '', problem: null };
    const came = [cameOf(line), line.expected ?? '', '1'].find(
      (amount) => compareAmounts(amount, '0') > 0,
    );
    return { ...line, qty: '0', refused: came ?? '1', problem: 'rejected' };
  });
}

/** Another item came instead: a new line for it, and nothing of what was ordered. */
export function substituted(
  delivery: Delivery,
  key: string,
  item: string,
  unit: SaidUnit,
): { readonly delivery: Delivery; readonly key: string } {
  const line = delivery.lines.find((one) => one.key === key);
  if (line === undefined) return { delivery, key };
  const without = changed(delivery, key, { qty: '0', refused: '', problem: 'short' });
  return withItem(without, item, unit, { substituteFor: line.item, problem: 'substitute' });
}

/** Takes away a line that was added here; an ordered one is only forgotten. */
export function cleared(delivery: Delivery, key: string): Delivery {
  const line = delivery.lines.find((one) => one.key === key);
  if (line?.expected === null) {
    return { ...delivery, lines: delivery.lines.filter((one) => one.key !== key) };
  }
  const { qty, refused, problem, lot, producedOn, expiresOn, temperature, weight } = BLANK;
  const blank = { qty, refused, problem, lot, producedOn, expiresOn, temperature, weight };
  return withLine(delivery, key, (one) => ({ ...one, ...blank, price: one.priceExpected }));
}

/** The temperature that counts for a line. */
export function temperatureOf(delivery: Delivery, line: Line): string {
  return line.temperature === '' ? delivery.temperature : line.temperature;
}

/** Something came of it, or went back: it can be sent. */
export function isSaid(line: Line): boolean {
  return compareAmounts(line.qty, '0') > 0 || compareAmounts(line.refused, '0') > 0;
}

/** Ordered, and not all of it has come: what was sent back counts as missing. */
export function isShort(line: Line): boolean {
  return line.expected !== null && line.qty !== '' && compareAmounts(line.qty, line.expected) < 0;
}

/** How much the price differs from the expected one, as a share; 0 when there is nothing to compare. */
export function priceChange(line: Line): number {
  const was = Number(line.priceExpected);
  const now = Number(line.price);
  if (line.price === '' || line.priceExpected === '' || !(was > 0) || !Number.isFinite(now))
    return 0;
  return now / was - 1;
}

/** From here on a price that went up is marked. */
export const PRICE_WORTH_TELLING = 0.03;

const EMPTY = {
  order: null,
  supplier: null,
  lines: [],
  temperature: '',
  release: null,
  close: false,
};

const BLANK: Omit<Line, 'key' | 'item' | 'unit' | 'per'> = {
  expected: null,
  qty: '',
  refused: '',
  problem: null,
  lot: '',
  producedOn: '',
  expiresOn: '',
  price: '',
  priceExpected: '',
  temperature: '',
  weight: '',
};

function orderedLine(line: OrderLine, open: string, key: string): Line {
  const { unit, per } = writtenUnit(line);
  const price = pricePer(line, per);
  const expected = inUnit(open, per) ?? open;
  return { ...BLANK, key, item: line.item, unit, per, expected, price, priceExpected: price };
}

/** The unit that the order was written in, so that "4 pack" is received in packs. */
function writtenUnit(line: OrderLine): SaidUnit {
  const [, number, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*(\D*)$/.exec(line.written ?? '') ?? [];
  const per = number === undefined ? null : inUnit(line.ordered, number);
  if (per === null || unit.trim() === '' || compareAmounts(per, '0') <= 0) {
    return { unit: line.unit, per: '1' };
  }
  return { unit: unit.trim(), per };
}

function pricePer(line: OrderLine, per: string): string {
  if (line.price === null) return '';
  const packs = inUnit(per, line.packAmount ?? per);
  return packs === null ? '' : (inBase(packs, line.price) ?? '');
}

function differenceOf(line: Line, qty: string): Problem | null {
  if (line.expected === null || qty === '') return null;
  const sign = compareAmounts(qty, line.expected);
  if (sign < 0) return 'short';
  return sign > 0 ? 'over' : null;
}

/** What stood at the door: what stays and what goes back, else what was expected. */
function cameOf(line: Line): string {
  return line.qty === '' ? (line.expected ?? '') : sum([line.qty, line.refused]);
}

function withLine(delivery: Delivery, key: string, change: (line: Line) => Line): Delivery {
  const lines = delivery.lines.map((line) => (line.key === key ? change(line) : line));
  return { ...delivery, lines };
}
