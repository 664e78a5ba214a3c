/**
 * How the simulated POS sells in the sample restaurant. Pure: the only source of chance is the `rng`
 * that is handed in, so the same numbers give the same evening again.
 */
import type { Disposition, SoldLine } from '../contracts/pos-event.ts';
import {
  COMBOS,
  type Course,
  DISHES,
  type MenuCombo,
  type MenuDish,
  MODIFIERS,
  NO_CUTLERY,
  WEIGHED_SKU,
} from './red-braise-menu.ts';

/** Uniform in [0, 1). */
export type Rng = () => number;

export type Channel = 'dine_in' | 'takeaway' | 'delivery';

export type DemandSale = { readonly lines: SoldLine[]; readonly channel: Channel };

/** What sometimes happens to a sale afterwards. */
export type Correction =
  | { readonly kind: 'void'; readonly disposition: Disposition; readonly reason: string }
  | {
      readonly kind: 'refund';
      readonly reason: string;
      readonly lines: {
        readonly lineId: string;
        readonly qty: string;
        readonly disposition: Disposition;
      }[];
    };

/** Share of sales that are voided, and that are refunded in part. */
export const VOID_SHARE = 0.012;
export const REFUND_SHARE = 0.008;

/**
 * Sales per hour at `hour` of the local day (0 to 24, fractions allowed): nothing before 10:30, a peak
 * from 11:30 to 13:00, a lower one from 18:00 to 19:30, closed after 22:00. About 300 in a day.
 */
export function salesPerHour(hour: number): number {
  for (const [at, [from, rate]] of RATES.entries()) {
    const [to, next] = RATES[at + 1] ?? [from, rate];
    if (hour >= from && hour < to) return rate + ((next - rate) * (hour - from)) / (to - from);
  }
  return 0;
}

/** The next sale at `hour`; outside opening hours the guests of the nearest service. */
export function nextSale(rng: Rng, hour: number): DemandSale {
  const service = hour < DINNER_FROM ? 'lunch' : 'dinner';
  const channel = pick(rng, CHANNELS, (one) => one[service]).channel;
  const kind = pick(rng, PARTIES, (one) => one[service]).kind;
  const till = new Till(rng, service, channel);
  if (kind === 'combo') till.combo(pick(rng, COMBOS, (one) => one[service]));
  if (kind === 'bowls') till.bowls();
  if (kind === 'table') till.table(channel === 'dine_in' ? 2 + Math.floor(rng() * 3) : 2);
  if (kind === 'deli') till.deli();
  return { lines: till.lines, channel };
}

/** What happens to this sale afterwards: mostly nothing (`undefined`). */
export function nextCorrection(rng: Rng, lines: readonly SoldLine[]): Correction | undefined {
  const chance = rng();
  if (chance < VOID_SHARE) {
    const { disposition, reason } = pick(rng, VOIDS, (one) => one.weight);
    return { kind: 'void', disposition, reason };
  }
  if (chance >= VOID_SHARE + REFUND_SHARE) return undefined;
  const dishes = lines.filter((line) => line.kind !== 'combo');
  const line = dishes[Math.floor(rng() * dishes.length)];
  if (line?.lineId === undefined) return undefined;
  const { disposition, reason } = pick(rng, REFUNDS, (one) => one.weight);
  const qty = line.sku === WEIGHED_SKU ? String(line.qty) : '1';
  return { kind: 'refund', reason, lines: [{ lineId: line.lineId, qty, disposition }] };
}

type Service = 'lunch' | 'dinner';

/** Between the two services the kitchen cooks from the lunch menu. */
const DINNER_FROM = 16;

/** Hour and sales per hour, straight lines between. */
const RATES: readonly (readonly [hour: number, rate: number])[] = [
  [10.5, 4],
  [11, 22],
  [11.5, 52],
  [12.5, 64],
  [13, 48],
  [13.5, 22],
  [14.5, 7],
  [17, 9],
  [17.5, 24],
  [18, 42],
  [19, 48],
  [19.5, 38],
  [20, 20],
  [21, 8],
  [22, 0],
];

const CHANNELS = [
  { channel: 'dine_in', lunch: 48, dinner: 58 },
  { channel: 'takeaway', lunch: 20, dinner: 14 },
  { channel: 'delivery', lunch: 32, dinner: 28 },
] as const;

const PARTIES = [
  { kind: 'bowls', lunch: 76, dinner: 48 },
  { kind: 'table', lunch: 8, dinner: 30 },
  { kind: 'combo', lunch: 13, dinner: 14 },
  { kind: 'deli', lunch: 3, dinner: 8 },
] as const;

const VOIDS = [
  { weight: 55, disposition: 'not_made', reason: '下错单' },
  { weight: 25, disposition: 'not_made', reason: '客人取消' },
  { weight: 12, disposition: 'unknown', reason: '客人取消' },
  { weight: 8, disposition: 'made_discarded', reason: '等太久退单' },
] as const;

const REFUNDS = [
  { weight: 40, disposition: 'made_discarded', reason: '做错' },
  { weight: 25, disposition: 'made_discarded', reason: '有异物' },
  { weight: 20, disposition: 'made_served_free', reason: '客诉免单' },
  { weight: 15, disposition: 'not_made', reason: '沽清退款' },
] as const;

/** One sale while it is keyed in. */
class Till {
  readonly lines: SoldLine[] = [];
  readonly #rng: Rng;
  readonly #service: Service;
  readonly #noCutlery: boolean;

  constructor(rng: Rng, service: Service, channel: Channel) {
    this.#rng = rng;
    this.#service = service;
    this.#noCutlery = channel !== 'dine_in' && rng() < NO_CUTLERY.chance;
  }

  /** One to three people with a bowl each, something to drink, something beside. */
  bowls(): void {
    const guests = pick(this.#rng, [1, 2, 3], (count) => [0, 78, 17, 5][count] ?? 0);
    for (let guest = 0; guest < guests; guest += 1) {
      this.#sell(this.#from(this.#rng() < 0.7 ? 'rice' : 'noodles'));
      if (this.#rng() < 0.38) this.#sell(this.#from('drink'));
    }
    if (this.#rng() < 0.16) this.#sell(this.#from('deli'));
    if (this.#rng() < 0.12) this.#sell(this.#from('soup'));
    if (this.#rng() < 0.07) this.#sell(this.#from('cold'));
  }

  /** People who share: dishes in the middle, rice and a drink for most. */
  table(guests: number): void {
    for (let dish = 0; dish < guests; dish += 1) this.#sell(this.#from('hot'));
    if (this.#rng() < 0.6) this.#sell(this.#from('cold'));
    if (this.#rng() < 0.35) this.#sell(this.#from('soup'));
    if (this.#rng() < 0.3) this.#sell(this.#from('deli'));
    this.#sell(this.#from('staple'), guests);
    const drinks = Math.floor(this.#rng() * (guests + 1));
    if (drinks > 0) this.#sell(this.#from('drink'), drinks);
  }

  /** From the counter in front, mostly to take home. */
  deli(): void {
    this.#sell(this.#from('deli'));
    if (this.#rng() < 0.4) this.#sell(this.#from('deli'));
    if (this.#rng() < 0.3) this.#sell(this.#from('drink'));
  }

  /** The set's own line, then its dishes under it at no price. */
  combo(set: MenuCombo): void {
    const parentLineId = this.#nextId();
    const { sku, name } = set;
    this.lines.push({
      lineId: parentLineId,
      sku,
      name,
      kind: 'combo',
      qty: '1',
      net: yuan(set.price),
    });
    for (const choice of set.choices) {
      const child = pick(this.#rng, choice, () => 1);
      this.#sell(dishOf(child), 1, parentLineId);
    }
  }

  #from(course: Course): MenuDish {
    const dishes = DISHES.filter((dish) => dish.course === course);
    return pick(this.#rng, dishes, (dish) => dish[this.#service]);
  }

  #sell(dish: MenuDish, count = 1, parentLineId?: string): void {
    const weighed = dish.sku === WEIGHED_SKU;
    const qty = weighed ? (0.18 + this.#rng() * 0.62).toFixed(3) : String(count);
    const asked = this.#modifiers(dish);
    const each = dish.price + asked.reduce((sum, one) => sum + one.price, 0);
    const modifiers = asked.map(({ sku, name }) => ({ sku, name, qty: '1' }));
    this.lines.push({
      lineId: this.#nextId(),
      sku: dish.sku,
      name: dish.name,
      qty,
      net: yuan(parentLineId === undefined ? each * Number(qty) : 0),
      ...(weighed ? { unit: 'kg' } : {}),
      ...(parentLineId === undefined ? {} : { parentLineId }),
      ...(modifiers.length === 0 ? {} : { modifiers }),
    });
  }

  #modifiers(dish: MenuDish): { sku: string; name: string; price: number }[] {
    const asked = MODIFIERS.filter(
      ({ on, chance }) =>
        (on.includes(dish.course) || on.includes(dish.sku)) && this.#rng() < chance,
    );
    const packed = dish.course !== 'drink' && dish.course !== 'deli';
    if (this.#noCutlery && packed) asked.push(NO_CUTLERY);
    return asked.filter((one, at) => asked.findIndex(({ group }) => group === one.group) === at);
  }

  #nextId(): string {
    return String(this.lines.length + 1);
  }
}

function dishOf(sku: string): MenuDish {
  const dish = DISHES.find((one) => one.sku === sku);
  if (!dish) throw new Error(`a set names ${sku}, which is not on the menu of the sample`);
  return dish;
}

function yuan(amount: number): string {
  return amount.toFixed(2);
}

/** One of `choices`, as likely as its weight; some weight must be above 0. */
function pick<T>(rng: Rng, choices: readonly T[], weight: (choice: T) => number): T {
  const total = choices.reduce((sum, choice) => sum + weight(choice), 0);
  let rest = rng() * total;
  for (const choice of choices) {
    rest -= weight(choice);
    if (rest < 0) return choice;
  }
  const last = choices.at(-1);
  if (last === undefined) throw new Error('nothing to pick from');
  return last;
}
