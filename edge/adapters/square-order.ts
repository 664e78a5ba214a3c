/**
 * A whole Square order as canonical events: a snapshot of what is sold in it, and a refund for each
 * return it books. Fields: Square API reference, objects Order, OrderLineItem, OrderReturn.
 */
import type { SoldLine } from '#recipes/contracts/pos-event.ts';
import { type AdapterContext, type AdapterOutcome, type Notes, newNotes } from './adapter.ts';
import { type Draft, ignored, outcomeOf, rejected } from './canonical.ts';
import { codeOf, cut, type Fields, fieldsOf, idOf, listOf, textOf, wholeOf } from './fields.ts';
import { reason } from './reasons.ts';
import {
  currencyDigits,
  firstInstant,
  fitCode,
  fitName,
  instantOf,
  moneyText,
  quantityOf,
} from './values.ts';

/** When an order leaves stock: as soon as it is open, or only once it is completed (paid). */
export type SquarePolicy = { readonly deduct: 'open' | 'completed' };

/**
 * Events of one order; `path` is its JSON pointer in the body. The event id is made of order and
 * version, not of the webhook's `event_id`: Square repeats webhooks, several webhooks name one
 * version, and a repeated one may fetch a newer version than before. By order and version the first
 * two are duplicates and the third is news.
 */
export function squareOrderEvents(
  body: unknown,
  policy: SquarePolicy,
  ctx: AdapterContext,
  path: string,
): AdapterOutcome {
  const order = fieldsOf<OrderField>(body);
  if (order === undefined) return rejected(reason('missing_field', path, 'order'));
  // A request, a price calculation: Square gives an id only to what it stores.
  if (textOf(order.id) === undefined) return ignored(reason('not_an_order_yet', path));
  const state = textOf(order.state) ?? '';
  if (state === 'DRAFT') return ignored(reason('not_an_order_yet', `${path}/state`));
  if (!STATES.has(state)) return rejected(reason('unknown_state', `${path}/state`, cut(state, 40)));
  if (state === 'OPEN' && policy.deduct === 'completed') {
    return ignored(reason('order_open', `${path}/state`));
  }

  const notes = newNotes();
  const id = idOf(order.id, `${path}/id`, notes) ?? '';
  // Never a time that changes with each version: the sale belongs to the book it was sold under.
  const at = firstInstant(
    [
      [`${path}/closed_at`, order.closed_at],
      [`${path}/created_at`, order.created_at],
    ],
    ctx.timezone,
    notes,
  );
  const drafts: Draft[] = [];
  const returns = listOf(order.returns);
  const revision = revisionOf(order, path, ctx, notes);
  const lines = state === 'CANCELED' ? [] : linesOf(order, path, notes);
  if (state === 'CANCELED' || lines.length > 0) {
    const data = { saleId: id, revision, ...saleFields(order), lines };
    drafts.push({ id: `sq:${id}:${revision}`, type: 'larder.pos.snapshot.v1', at, data });
  } else if (returns.length === 0) {
    notes.faults.push(reason('no_lines', `${path}/line_items`));
  }
  for (const [i, entry] of returns.entries()) {
    const data = refundOf(entry, `${path}/returns/${i}`, notes);
    if (data)
      drafts.push({ id: `sq:${id}:${data.refundId}`, type: 'larder.pos.refund.v1', at, data });
  }
  if (drafts.length === 0 && notes.faults.length === 0) {
    const unlinked = notes.warnings.filter((w) => w.code === 'return_not_linked');
    if (unlinked.length > 0) return rejected(...unlinked);
    return ignored(
      reason('money_only', `${path}/returns`, { en: 'a return of money', zh: '退款' }),
    );
  }
  return outcomeOf(drafts, notes, ctx);
}

/** Whether Square has not filled in the lines yet: they may be missing right after the payment. */
export function squareLinesMissing(body: unknown): boolean {
  const order = fieldsOf<OrderField>(body);
  return (
    order !== undefined &&
    order.state !== 'CANCELED' &&
    listOf(order.line_items).length === 0 &&
    listOf(order.returns).length === 0
  );
}

type OrderField =
  | 'id'
  | 'state'
  | 'version'
  | 'created_at'
  | 'updated_at'
  | 'closed_at'
  | 'total_money'
  | 'fulfillments'
  | 'line_items'
  | 'returns';
type LineField =
  | 'uid'
  | 'catalog_object_id'
  | 'name'
  | 'variation_name'
  | 'item_type'
  | 'quantity'
  | 'quantity_unit'
  | 'modifiers'
  | 'total_money'
  | 'total_tax_money'
  | 'total_service_charge_money';
type Refund = {
  readonly refundId: string;
  readonly saleId: string;
  readonly lines: readonly { lineId: string; qty: string; disposition: 'unknown' }[];
};

const STATES: ReadonlySet<string> = new Set(['OPEN', 'COMPLETED', 'CANCELED']);
const CHANNELS: ReadonlyMap<string, string> = new Map([
  ['PICKUP', 'takeaway'],
  ['DELIVERY', 'delivery'],
  ['SHIPMENT', 'delivery'],
  ['DINE_IN', 'dine_in'],
  ['IN_STORE', 'dine_in'],
]);
/** Square's names of weights and volumes; other units (hours, areas) say nothing to a kitchen. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ['METRIC_MILLIGRAM', 'mg'],
  ['METRIC_GRAM', 'g'],
  ['METRIC_KILOGRAM', 'kg'],
  ['METRIC_MILLILITER', 'ml'],
  ['METRIC_LITER', 'l'],
  ['IMPERIAL_WEIGHT_OUNCE', 'oz'],
  ['IMPERIAL_POUND', 'lb'],
]);

/** Orders made at Square's own till may come without a version; the last change orders them then. */
function revisionOf(
  order: Fields<OrderField>,
  path: string,
  ctx: AdapterContext,
  notes: Notes,
): number {
  const version = wholeOf(order.version);
  if (version !== undefined) return version;
  const changed =
    instantOf(order.updated_at, ctx.timezone) ?? instantOf(order.created_at, ctx.timezone);
  if (changed === undefined)
    notes.faults.push(reason('missing_field', `${path}/version`, 'version'));
  else notes.warnings.push(reason('revision_from_time', `${path}/version`));
  return changed ?? 0;
}

function saleFields(order: Fields<OrderField>): { channel?: string; currency?: string } {
  const first = fieldsOf<'type'>(listOf(order.fulfillments)[0]);
  const channel = CHANNELS.get(textOf(first?.type) ?? '');
  const currency = textOf(fieldsOf<'currency'>(order.total_money)?.currency);
  return {
    ...(channel === undefined ? {} : { channel }),
    ...(currency?.length === 3 ? { currency } : {}),
  };
}

function linesOf(order: Fields<OrderField>, path: string, notes: Notes): SoldLine[] {
  return listOf(order.line_items).map((entry, i) => {
    const at = `${path}/line_items/${i}`;
    const line = fieldsOf<LineField>(entry) ?? {};
    const uid = textOf(line.uid);
    const name = lineName(line);
    const net = netOf(line);
    const unit = unitOf(line.quantity_unit);
    const modifiers = modifiersOf(line, at, notes);
    return {
      ...(uid === undefined ? {} : { lineId: fitCode(uid) }),
      sku: skuOf(line, at, notes),
      ...(name === undefined ? {} : { name: fitName(name) }),
      qty: quantityOf(line.quantity, `${at}/quantity`, notes) ?? '0',
      ...(net === undefined ? {} : { net }),
      ...(unit === undefined ? {} : { unit }),
      ...(modifiers.length === 0 ? {} : { modifiers }),
    };
  });
}

/** What was typed in at the till has no catalogue id: its name is its code, so that it can be mapped. */
function skuOf(line: Fields<LineField>, at: string, notes: Notes): string {
  const id = codeOf(line.catalog_object_id, `${at}/catalog_object_id`, notes);
  if (id !== undefined) return fitCode(id);
  const name = lineName(line);
  if (name !== undefined) return fitCode(`name:${name}`);
  const type = textOf(line.item_type);
  if (type !== undefined) return fitCode(`type:${type.toLowerCase()}`);
  notes.faults.push(reason('missing_field', `${at}/catalog_object_id`, 'catalog_object_id, name'));
  return '?';
}

function lineName(line: Fields<LineField>): string | undefined {
  const name = textOf(line.name);
  const variation = textOf(line.variation_name);
  return name !== undefined && variation !== undefined ? `${name}/${variation}` : name;
}

function modifiersOf(
  line: Fields<LineField>,
  at: string,
  notes: Notes,
): { sku: string; qty?: string; name?: string }[] {
  return listOf(line.modifiers).map((entry, i) => {
    const path = `${at}/modifiers/${i}`;
    const modifier = fieldsOf<'catalog_object_id' | 'name' | 'quantity'>(entry) ?? {};
    const id = codeOf(modifier.catalog_object_id, `${path}/catalog_object_id`, notes);
    const name = textOf(modifier.name);
    if (id === undefined && name === undefined) {
      notes.faults.push(
        reason('missing_field', `${path}/catalog_object_id`, 'catalog_object_id, name'),
      );
    }
    // Per one of the line, as Square prices it: total = base price × modifier quantity × line quantity.
    const qty =
      modifier.quantity === undefined
        ? undefined
        : quantityOf(modifier.quantity, `${path}/quantity`, notes);
    return {
      sku: fitCode(id ?? `name:${name ?? '?'}`),
      ...(qty === undefined ? {} : { qty }),
      ...(name === undefined ? {} : { name: fitName(name) }),
    };
  });
}

/** What the line earned without tax and service charge; undefined when the figures are not whole. */
function netOf(line: Fields<LineField>): string | undefined {
  const total = fieldsOf<'amount' | 'currency'>(line.total_money);
  const digits = currencyDigits(textOf(total?.currency) ?? '');
  if (digits === undefined || typeof total?.amount !== 'number') return undefined;
  const parts = [line.total_tax_money, line.total_service_charge_money].map(
    (money) => fieldsOf<'amount'>(money)?.amount ?? 0,
  );
  let net = total.amount;
  for (const part of parts) net -= typeof part === 'number' ? part : Number.NaN;
  return moneyText(net, digits);
}

function unitOf(value: unknown): string | undefined {
  const unit = fieldsOf<'measurement_unit'>(value);
  const measure = fieldsOf<'weight_unit' | 'volume_unit'>(unit?.measurement_unit);
  return UNITS.get(textOf(measure?.weight_unit) ?? textOf(measure?.volume_unit) ?? '');
}

/** One return; undefined when nothing in it can be led back to a sold line. */
function refundOf(entry: unknown, path: string, notes: Notes): Refund | undefined {
  const back = fieldsOf<'uid' | 'source_order_id' | 'return_line_items'>(entry) ?? {};
  const lines: { lineId: string; qty: string; disposition: 'unknown' }[] = [];
  for (const [i, item] of listOf(back.return_line_items).entries()) {
    const at = `${path}/return_line_items/${i}`;
    const line = fieldsOf<'source_line_item_uid' | 'quantity' | 'item_type'>(item) ?? {};
    if (line.item_type === 'CUSTOM_AMOUNT' || line.item_type === 'GIFT_CARD') continue;
    const source = textOf(line.source_line_item_uid);
    if (source === undefined || textOf(back.source_order_id) === undefined) {
      notes.warnings.push(reason('return_not_linked', `${at}/source_line_item_uid`));
      continue;
    }
    const qty = quantityOf(line.quantity, `${at}/quantity`, notes) ?? '0';
    lines.push({ lineId: fitCode(source), qty, disposition: 'unknown' });
  }
  if (lines.length === 0) return undefined;
  const refundId = idOf(back.uid, `${path}/uid`, notes) ?? '';
  const saleId = idOf(back.source_order_id, `${path}/source_order_id`, notes) ?? '';
  return { refundId, saleId, lines };
}
