/**
 * The product of outside work comes back with its bill. What it cost is the material that went into it and
 * the fee, exactly; what comes back unworked goes into the lots it came from.
 */
import { decimalFromMicro, type Micro } from '#recipes/amount.ts';
import type { OutsourceReceive } from '#recipes/contracts/transfer-command.ts';
import type { Kitchen, StockItem } from '#recipes/kitchen.ts';
import { PLACES, type Place } from '#recipes/ledger/place.ts';
import { mul, rational, rationalFromDecimal, roundHalfEven } from '#recipes/rational.ts';
import { costOfSplit, shareCost, stillOut, takeOfOut } from '#recipes/transfers/outside-work.ts';
import type { Carried, CommandContext, Refusal } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import type { Draft } from '../ledger/draft.ts';
import { lotCode } from '../ledger/lot-code.ts';
import { COST_UNIT, moneyOf } from '../ledger/money.ts';
import { movesAnswer } from '../ledger/moves-answer.ts';
import { settleFromLot } from '../ledger/settle-shortage.ts';
import { refuse } from '../refuse.ts';
import type { JobBack, JobState, StoredJob } from './outsource-store.ts';
import { bookAt, isRefusal, type TransferParts } from './transfer-parts.ts';

/** Carries out `outsource.receive`. */
export function receiveFromOutside(
  parts: TransferParts,
  data: OutsourceReceive,
  context: CommandContext,
): Carried {
  const inForce = bookAt(parts, context.occurredAt);
  if (isRefusal(inForce)) return inForce;
  const job = parts.jobs.get(data.job);
  if (!job) return unknownJob(data.job);
  if (job.state === 'done' || job.state === 'cancelled') return overJob(job);
  const products = readProducts(inForce.kitchen, data.lines ?? []);
  if (isRefusal(products)) return products;
  const split = splitOf(job, inForce.kitchen, data);
  if (isRefusal(split)) return split;
  const fee = feeOf(data.fee);
  if (fee !== null && products.length === 0) {
    return refuse(
      'fee_without_product',
      'fee: it becomes part of what a product costs; say it with the product',
      'fee:加工费计入成品成本;请与成品一起填写',
    );
  }
  const draft = parts.ledger.draft();
  moveMaterial(parts, draft, job, split);
  const cost = split.cost === null && fee === null ? null : (split.cost ?? 0) + (fee ?? 0);
  const made = makeProducts(parts, draft, products, cost, context);
  const { used, returned, lost } = split;
  const back = { used, returned, lost, fee, products: made };
  const entry = {
    kind: 'outsource',
    note: {
      what: 'receive',
      job: job.id,
      processor: job.processor,
      ...back,
      lines: made.map((one, i) => ({ ...one, amount: undefined, ...saidOf(products[i], one) })),
      material: split.cost,
      lostCost: split.lostCost,
      close: data.close,
      note: data.note,
      cost,
    },
    book: inForce.book,
  } as const;
  const seq = appendOfCommand(parts, entry, context, draft);
  const state = saveBack(parts, job, [...job.back, { entry: seq, ...back }]);
  return {
    ok: true,
    seq,
    data: {
      job: job.id,
      state,
      cost: moneyOf(cost),
      material: moneyOf(split.cost),
      lost: moneyOf(split.lostCost),
      lots: made.map(({ item, lot }) => ({ item, lot })),
      moves: movesAnswer(parts, draft.moves),
    },
  };
}

/** Writes what came back, and what follows for the job. @returns its state */
export function saveBack(
  parts: Pick<TransferParts, 'jobs'>,
  job: StoredJob,
  back: readonly JobBack[],
): JobState {
  const out = stillOut(job.lines, back).some((amount) => amount > 0);
  const state = !out ? 'done' : back.length > 0 ? 'partly_back' : 'out';
  parts.jobs.put({ ...job, back, state });
  return state;
}

type Product = {
  readonly item: StockItem;
  readonly amount: Micro;
  readonly unit: string;
  readonly said: NonNullable<OutsourceReceive['lines']>[number];
};

function readProducts(
  kitchen: Kitchen,
  said: NonNullable<OutsourceReceive['lines']>,
): Product[] | Refusal {
  const products: Product[] = [];
  for (const [i, line] of said.entries()) {
    const item = kitchen.items.get(line.item);
    if (!item) return unknownItem(`lines[${i}].item`, line.item);
    const amount = item.convert(line.qty);
    if (amount <= 0) return notMore(`lines[${i}].qty`);
    products.push({ item, amount, unit: item.unit, said: line });
  }
  return products;
}

type SplitJob = {
  readonly used: Micro[];
  readonly returned: Micro[];
  readonly lost: Micro[];
  /** Of what was used. */
  readonly cost: number | null;
  readonly lostCost: number | null;
};

/** What of the material came back, what became the product, and what will not come. */
function splitOf(job: StoredJob, kitchen: Kitchen, data: OutsourceReceive): SplitJob | Refusal {
  const out = stillOut(job.lines, job.back);
  const returned = takeNamed(job, kitchen, out, data.returned ?? [], 'returned');
  if (isRefusal(returned)) return returned;
  const after = minus(out, returned);
  const makes = (data.lines?.length ?? 0) > 0;
  const named = data.used === undefined ? (makes ? after : after.map(() => 0)) : undefined;
  const used = named ?? takeNamed(job, kitchen, after, data.used ?? [], 'used');
  if (isRefusal(used)) return used;
  const rest = minus(after, used);
  const lost = data.close === true ? rest : rest.map(() => 0);
  return {
    used,
    returned,
    lost,
    cost: costOfSplit(job.lines, after, used),
    lostCost: costOfSplit(job.lines, rest, lost),
  };
}

function takeNamed(
  job: StoredJob,
  kitchen: Kitchen,
  out: readonly Micro[],
  said: readonly { readonly item: string; readonly qty: string | number }[],
  field: 'used' | 'returned',
): Micro[] | Refusal {
  const wanted: { item: string; amount: Micro }[] = [];
  for (const [i, { item, qty }] of said.entries()) {
    const known = kitchen.items.get(item);
    if (!known) return unknownItem(`${field}[${i}].item`, item);
    const amount = known.convert(qty);
    if (amount <= 0) return notMore(`${field}[${i}].qty`);
    wanted.push({ item, amount });
  }
  const taken = takeOfOut(job.lines, out, wanted);
  if ('taken' in taken) return taken.taken;
  const left = decimalFromMicro(taken.out);
  return refuse(
    'not_out',
    `${field}: of "${taken.item}" only ${left} is still with "${job.processor}"`,
    `${field}:“${job.processor}”处的“${taken.item}”仅余 ${left}`,
  );
}

const minus = (from: readonly Micro[], taken: readonly Micro[]) =>
  from.map((amount, i) => amount - (taken[i] ?? 0));

/** The moves of the sending name the lots: its lines and moves are in one order. */
function moveMaterial(
  { ledger }: TransferParts,
  draft: Draft,
  job: StoredJob,
  { used, returned, lost }: SplitJob,
): void {
  const sent = ledger.entries.movesOf(job.entry);
  const part = (amounts: readonly Micro[], to: Place) => {
    for (const [line, amount] of amounts.entries()) {
      const move = sent[line];
      if (amount === 0 || move === undefined) continue;
      const { item, lot } = move;
      draft.move({ line, item, lot, from: PLACES.processor, to, amount });
    }
  };
  part(used, PLACES.production);
  part(returned, PLACES.stock);
  part(lost, PLACES.adjust);
}

function makeProducts(
  parts: TransferParts,
  draft: Draft,
  products: readonly Product[],
  cost: number | null,
  context: CommandContext,
): JobBack['products'] {
  const at = context.occurredAt;
  const shares = shareCost(cost, products);
  return products.map(({ item, amount, said }, line) => {
    const number = parts.ledger.items.number(item.id, item.unit);
    const code = said.lot ?? lotCode(parts, context, { line, item: number });
    const life = item.shelfLifeMs === undefined ? null : at + item.shelfLifeMs;
    const share = shares[line] ?? null;
    const lot = parts.lots.insert({
      item: number,
      code,
      supplier: null,
      entry: parts.ledger.seq() + 1,
      amount,
      cost: share,
      receivedAt: at,
      producedAt: at,
      expiresAt: said.expiresAt === undefined ? life : Date.parse(said.expiresAt),
      openedAt: null,
      parent: null,
    });
    const { production: from, stock: to } = PLACES;
    draft.move({ line, item: number, lot, from, to, amount });
    settleFromLot(parts.ledger, draft, { line, item: number, lot, most: amount });
    return { item: item.id, lot: code, amount, cost: share };
  });
}

/** A line as the screens read it. */
function saidOf(product: Product | undefined, one: JobBack['products'][number]) {
  return {
    item: one.item,
    lot: one.lot,
    qty: decimalFromMicro(one.amount),
    unit: product?.unit,
    name: product?.item.name,
  };
}

function feeOf(fee: string | undefined): number | null {
  if (fee === undefined) return null;
  return Number(roundHalfEven(mul(rationalFromDecimal(fee), rational(BigInt(COST_UNIT)))));
}

function unknownItem(path: string, item: string): Refusal {
  return refuse(
    'unknown_item',
    `${path}: "${item}" is not in the recipe book`,
    `${path}:配方册中没有物料“${item}”`,
  );
}

function notMore(path: string): Refusal {
  return refuse('bad_quantity', `${path} must be more than 0`, `${path} 必须大于 0`);
}

function unknownJob(id: string): Refusal {
  return refuse(
    'unknown_outside_job',
    `job: there is no outside job "${id}"; see GET /outsource`,
    `job:没有委外加工单“${id}”;请查看 GET /outsource`,
  );
}

function overJob({ id, state }: StoredJob): Refusal {
  const off = state === 'cancelled';
  return refuse(
    'outside_job_over',
    `job: "${id}" ${off ? 'was taken back' : 'is complete; nothing of it is out there'}`,
    `job:“${id}”${off ? '已撤销' : '已完成,外部已无余料'}`,
  );
}
