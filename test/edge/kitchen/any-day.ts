/** One random day in a kitchen, played on a box, and everything that must hold afterwards. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { CommandResult } from '#recipes/contracts/command.ts';
import { auditFile } from '../../../edge/ledger/audit.ts';
import type { InnerBox } from './inner-box.ts';
import { KITCHEN_BOOK } from './kitchen-book.ts';
import { worthsOf } from './worth-oracle.ts';

/** The same kitchen with another opinion: other yields, a batch that takes more, a sauce made to order. */
const OTHER_BOOK = {
  ...KITCHEN_BOOK,
  items: KITCHEN_BOOK.items.map((item) => (item.id === 'belly' ? { ...item, yield: 0.7 } : item)),
  recipes: KITCHEN_BOOK.recipes.map((recipe) =>
    recipe.id === 'sauce' ? { ...recipe, kept: 'transparent' } : recipe,
  ),
};

const BOUGHT = ['belly', 'salmon', 'scraps', 'skin', 'soy', 'rice', 'egg'] as const;
const HOUR = 3_600_000;

const pick = fc.nat(1_000);
const qty = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('1', '7.3', '30', '250', '999.999999', '1000') },
  { weight: 1, arbitrary: fc.constantFrom('0.000001', '0.000003', '90000000') },
);
const price = fc.constantFrom(undefined, '0', '0.01', '0.0333', '7.77', '640');
const share = fc.constantFrom(0, 1, 3, 5, 8);
const out = fc.record({
  to: fc.constantFrom('usable', 'other', 'reuse', 'skin', 'staff', 'bin'),
  share,
});

type Step =
  | { readonly do: 'receive'; item: number; qty: string; price: string | undefined; lot: number }
  | { readonly do: 'sell'; sku: number; qty: number }
  | { readonly do: 'void' | 'reverse'; which: number }
  | {
      readonly do: 'waste' | 'staff' | 'return' | 'offcut';
      what: number;
      lot: boolean;
      qty: string | undefined;
    }
  | { readonly do: 'dish'; sku: number; qty: number }
  | {
      readonly do: 'trim';
      what: number;
      lot: boolean;
      in: string;
      outs: readonly { to: string; share: number }[];
    }
  | { readonly do: 'batch'; recipe: number; qty: string; actual: string | undefined }
  | { readonly do: 'open'; what: number; how: number; part: number }
  | { readonly do: 'book' | 'tick' | 'restart' | 'later' };

const some = fc.option(qty, { nil: undefined });
const goods = { what: pick, lot: fc.boolean(), qty: some };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('receive' as const),
      item: pick,
      qty,
      price,
      lot: fc.nat(3),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('sell' as const),
      sku: pick,
      qty: fc.integer({ min: 1, max: 9 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('void' as const), which: pick }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('reverse' as const), which: pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('waste' as const), ...goods }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('staff' as const), ...goods }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('return' as const), ...goods }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('offcut' as const), ...goods }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('dish' as const),
      sku: pick,
      qty: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('trim' as const),
      what: pick,
      lot: fc.boolean(),
      in: qty,
      outs: fc.array(out, { minLength: 1, maxLength: 5 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('batch' as const), recipe: pick, qty, actual: some }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('open' as const),
      what: pick,
      how: pick,
      part: fc.nat(3),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('tick' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('restart' as const, 'book' as const, 'later' as const),
    }),
  },
);

export type Day = {
  readonly steps: readonly Step[];
  /** How the end of the day undoes everything: newest first, or in the order of these numbers. */
  readonly order: readonly number[];
  /** Whether the box may look at its prep after every undoing, or only at the end. */
  readonly ticks: boolean;
};

export const day: fc.Arbitrary<Day> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 30, size: 'max' }),
  order: fc.oneof(fc.constant([]), fc.array(pick, { maxLength: 10 })),
  ticks: fc.boolean(),
});

/** Plays a day; nothing may be a fault of the box. */
export class Kitchen {
  readonly box: InnerBox;
  readonly sales: string[] = [];
  readonly #voided = new Set<string>();
  #books = 0;

  constructor(box: InnerBox) {
    this.box = box;
  }

  play(step: Step): void {
    const { box } = this;
    if (step.do === 'tick') box.tick();
    else if (step.do === 'restart') box.reopen();
    else if (step.do === 'later') box.now += 7 * HOUR;
    else if (step.do === 'sell') this.#sell(step.sku, step.qty);
    else if (step.do === 'void')
      this.#void(this.sales[step.which % Math.max(1, this.sales.length)]);
    else {
      const command = this.#command(step);
      if (command) this.#tell(...command);
    }
  }

  voidAll(): void {
    for (const sale of this.sales) this.#void(sale);
  }

  /** Takes back one entry, or its restoration, whichever stands. */
  reverse(entry: number): CommandResult {
    return this.#tell('entry.reverse', { entry });
  }

  /** Every command is rehearsed first: that must say the same and change nothing. */
  #tell(kind: string, data: object): CommandResult {
    const { box } = this;
    const before = JSON.stringify([box.lots(), box.parts.ledger.seq()]);
    const said = box.rehearse(kind, data);
    expect(
      JSON.stringify([box.lots(), box.parts.ledger.seq()]),
      'a rehearsal changed something',
    ).toBe(before);
    const result = box.command(kind, data);
    expect({ ...result, id: '' }).toEqual({ ...said, id: '' });
    expect(result.code, JSON.stringify([kind, data])).not.toBe('internal');
    if (result.status !== 'applied')
      expect(JSON.stringify([box.lots(), box.parts.ledger.seq()])).toBe(before);
    return result;
  }

  #sell(sku: number, qty: number): void {
    const saleId = `S${this.sales.length}`;
    const lines = [{ lineId: '1', sku: ['B', 'S', 'E'][sku % 3], qty: String(qty) }];
    expect(this.box.event('sale', { saleId, lines })).toBe('applied');
    this.sales.push(saleId);
  }

  #void(saleId: string | undefined): void {
    if (saleId === undefined || this.#voided.has(saleId)) return;
    this.#voided.add(saleId);
    expect(this.box.event('void', { saleId, disposition: 'not_made' })).toBe('applied');
  }

  #command(step: Step): [string, object] | undefined {
    switch (step.do) {
      case 'receive': {
        const lot = ['A', 'B', undefined, undefined][step.lot];
        const item = BOUGHT[step.item % BOUGHT.length];
        return [
          'delivery.receive',
          { lines: [{ item, qty: step.qty, price: step.price, lot, temperature: '1' }] },
        ];
      }
      case 'reverse': {
        const all = step.which % 5 === 0 ? this.reversible() : this.ends();
        const entry = all[step.which % Math.max(1, all.length)];
        return entry === undefined ? undefined : ['entry.reverse', { entry }];
      }
      case 'waste':
        return ['waste.log', { ...this.#goods(step), reason: 'other' }];
      case 'staff':
        return ['consume.log', { ...this.#goods(step), why: step.what % 2 ? 'staff' : 'gift' }];
      case 'return':
        return [
          'delivery.return',
          { lines: [this.#goods(step), this.#goods({ ...step, what: step.what + 1 })] },
        ];
      case 'offcut':
        return ['offcut.use', { ...this.#goods(step), into: 'bowl' }];
      case 'dish':
        return [
          'waste.log',
          { sku: ['B', 'S', 'E'][step.sku % 3], qty: step.qty, reason: 'remake' },
        ];
      case 'trim':
        return [
          'trim.log',
          { ...this.#goods({ ...step, qty: '' }), qty: undefined, in: step.in, outs: outsOf(step) },
        ];
      case 'batch': {
        const { qty, actual } = step;
        return ['batch.produce', { recipe: step.recipe % 2 ? 'broth' : 'sauce', qty, actual }];
      }
      case 'open':
        return this.#open(step.what, step.how, step.part);
      case 'book':
        return ['book.adopt', { book: this.#books++ % 2 ? KITCHEN_BOOK : OTHER_BOOK }];
      default:
        return undefined;
    }
  }

  /** Every entry that a person could try to take back, reversals included. */
  reversible(): number[] {
    const rows = this.box.db.prepare(
      'SELECT seq FROM entry WHERE command IS NOT NULL AND kind BETWEEN 5 AND 19 AND kind <> 7 ORDER BY seq',
    );
    return rows.pluck().all() as number[];
  }

  /** Those that nothing has taken back yet. */
  ends(): number[] {
    const taken = this.box.db.prepare('SELECT reverses FROM entry WHERE reverses IS NOT NULL');
    const before = new Set(taken.pluck().all());
    return this.reversible().filter((seq) => !before.has(seq));
  }

  /** A lot that is open, by its two names, or an item. */
  #goods({ what, lot, qty }: { what: number; lot: boolean; qty: string | undefined }): object {
    const open = this.#openLots();
    const found = lot ? open[what % Math.max(1, open.length)] : undefined;
    if (found) return { ...found, qty };
    return { item: [...BOUGHT, 'broth', 'sauce'][what % 9], qty: qty ?? '12' };
  }

  #openLots(): { item: string; lot: string }[] {
    const names = Object.keys(this.box.lots()).filter((name) => !name.endsWith('/-'));
    return names.map((name) => ({
      item: name.slice(0, name.indexOf('/')),
      lot: name.slice(name.indexOf('/') + 1),
    }));
  }

  #open(what: number, how: number, part: number): [string, object] | undefined {
    const open = this.#openLots();
    const found = open[what % Math.max(1, open.length)];
    if (!found) return undefined;
    const left = this.box.lots()[`${found.item}/${found.lot}`] ?? 0;
    const qty = part === 0 ? undefined : Math.max(0.000001, (left * part) / 4).toFixed(6);
    const expiresAt = '2026-12-24T00:00:00Z';
    return ['lot.open', { ...found, how: ['opened', 'thawed', 'frozen'][how % 3], qty, expiresAt }];
  }
}

/** Destinations by their share; the last one is the remainder. */
function outsOf(step: Step & { do: 'trim' }): object[] {
  const all = step.outs.reduce((sum, { share }) => sum + share, 0) || 1;
  return step.outs.map(({ to, share }, i) => {
    const last = i === step.outs.length - 1;
    const qty = last ? undefined : ((Number(step.in) * share) / (all + 1)).toFixed(6);
    if (to === 'other') return { to: 'usable', item: 'scraps', qty };
    if (to === 'skin') return { to: 'reuse', item: 'skin', qty };
    return { to, qty, ...(to === 'reuse' ? { item: 'scraps' } : {}) };
  });
}

/** Cost is conserved, and a restart gives the same stock. */
export function expectKept(box: InnerBox): void {
  box.tick();
  const worths = worthsOf(box.db);
  expect(worths.wrong).toEqual([]);
  let left = 0n;
  for (const amount of worths.places.values()) left += amount;
  expect(worths.stock + left, 'worth came from nowhere').toBe(0n);
  const before = [box.lots(), balances(box), box.parts.inferred.all()];
  box.reopen();
  expect([box.lots(), balances(box), box.parts.inferred.all()]).toEqual(before);
}

/** The audit finds nothing in the whole history. */
export function expectSound(box: InnerBox): void {
  const { checks } = auditFile(box.file, { full: true });
  const found = checks.flatMap(({ id, breaches }) => breaches.map((breach) => ({ id, ...breach })));
  expect(found).toEqual([]);
}

export function balances(box: InnerBox): unknown[] {
  return box.db
    .prepare('SELECT item, place, lot, amount FROM balance WHERE amount <> 0 ORDER BY 1, 2, 3')
    .raw()
    .all();
}
