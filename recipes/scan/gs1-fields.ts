/**
 * The application identifiers of GS1 element strings that appear on goods: how long each field is and
 * what may stand in it. From the GS1 General Specifications, section 3.
 */

export type FieldShape = {
  /** Digits of the identifier itself. */
  readonly id: number;
  readonly min: number;
  readonly max: number;
  readonly numeric: boolean;
  /** Ends by itself: no separator is needed after it. */
  readonly fixed: boolean;
  readonly kind: 'gtin' | 'sscc' | 'gln' | 'date' | 'text' | 'measure';
};

/** The shape of the field that begins a text; undefined for an identifier that is not known. */
export function fieldAt(text: string): FieldShape | undefined {
  for (const length of [2, 3, 4]) {
    const id = text.slice(0, length);
    if (id.length === length && /^\d+$/.test(id)) {
      const shape = SHAPES.get(id);
      if (shape !== undefined) return shape;
    }
  }
  return undefined;
}

const SHAPES = new Map<string, FieldShape>();

function digits(ids: string, length: number, kind: FieldShape['kind'] = 'text'): void {
  define(ids, { min: length, max: length, numeric: true, fixed: hasSetLength(ids), kind });
}
function upTo(ids: string, max: number, numeric = false, min = 1): void {
  define(ids, { min, max, numeric, fixed: false, kind: 'text' });
}

/** `310-316n` stands for 3100 to 3169: the last digit says where the decimal point is. */
function define(ids: string, shape: Omit<FieldShape, 'id'>): void {
  for (const part of ids.split(' ')) {
    const [, from = '', to, point] = /^(\d+)(?:-(\d+))?(n?)$/.exec(part) ?? [];
    for (let id = Number(from); id <= Number(to ?? from); id++) {
      const name = String(id).padStart(from.length, '0');
      if (point === '') SHAPES.set(name, { ...shape, id: name.length });
      else for (let n = 0; n <= 9; n++) SHAPES.set(`${name}${n}`, { ...shape, id: 4 });
    }
  }
}

/** The first two digits of identifiers whose length everybody knows; the others need a separator. */
function hasSetLength(ids: string): boolean {
  return /^(0[0-4]|1\d|20|3[1-6]|41)/.test(ids);
}

digits('00', 18, 'sscc');
digits('01-03', 14, 'gtin');
digits('11-13 15-17', 6, 'date');
digits('20', 2);
digits('310-316n 320-337n 340-357n 360-369n', 6, 'measure');
digits('410-417', 13, 'gln');
upTo('10 21 22', 20);
upTo('235', 28);
upTo('240 241 250 251 400 401 403', 30);
upTo('242', 6, true);
upTo('243 254', 20);
upTo('253', 30, false, 13);
upTo('255', 25, true, 13);
upTo('30 37', 8, true);
upTo('390n 392n', 15, true);
upTo('391n 393n', 18, true, 4);
digits('394n', 4, 'measure');
digits('395n', 6, 'measure');
digits('402', 17);
upTo('420', 20);
upTo('421', 12, false, 4);
digits('422 424 426', 3);
upTo('423 425', 15, true, 3);
upTo('427', 3);
digits('7001', 13);
upTo('7002', 30);
digits('7003', 10);
upTo('7004', 4, true);
upTo('7005', 12);
digits('7006', 6, 'date');
upTo('7007', 12, true, 6);
upTo('7008', 3);
upTo('7009', 10);
upTo('7010', 2);
upTo('7020-7022', 20);
upTo('7023', 30);
upTo('703n', 30, false, 4);
digits('8001', 14);
upTo('8002', 20);
upTo('8003', 30, false, 14);
upTo('8004', 30);
digits('8005', 6, 'measure');
digits('8006 8026', 18);
upTo('8007', 34);
upTo('8008', 12, true, 8);
upTo('8010', 30);
upTo('8011', 12, true);
upTo('8012', 20);
upTo('8013', 25);
digits('8017 8018', 18);
upTo('8019', 10, true);
upTo('8020', 25);
upTo('8200', 70);
upTo('90', 30);
upTo('91-99', 90);
