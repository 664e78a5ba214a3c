import type { Name } from '#recipes/words/words.ts';
import type { CommandBody, CommandResult } from '../api-types.ts';
import { type DraftSupplier, editLines, orderLines } from './draft.ts';
import type { Channel } from './order-types.ts';

/** What became of one supplier's order. */
export type Approved = {
  readonly supplier: string;
  /** Null when it never came to be. */
  readonly order: string | null;
  /** Why it was not approved; null = it was. */
  readonly refusal: { readonly code: string; readonly message: Name | string | null } | null;
  /** The order that is there already for this day. */
  readonly duplicateOf: string | null;
};

export type ApprovePorts = {
  /** Sends one command at once; null = a manager was needed and nobody came. */
  readonly run: (body: CommandBody) => Promise<CommandResult | null>;
  /** A paper of an order that goes out another way. */
  readonly print: (order: string) => Promise<void>;
  readonly language: string;
};

export type ApproveOptions = {
  readonly deliverOn: string;
  /** Suppliers that are ordered from again although there is an order for the day. */
  readonly again: ReadonlySet<string>;
};

/**
 * Drafts what is not drafted, brings a draft to what is on the screen, approves and prints it: one
 * supplier after the other, so that a refusal of one holds up no other. Ends early when nobody proved to
 * be a manager. Rejects with `Refused` or `Unreachable`; what was approved before that stays approved.
 */
export async function approveAll(
  ports: ApprovePorts,
  suppliers: readonly DraftSupplier[],
  options: ApproveOptions,
  told: (one: Approved) => void,
): Promise<void> {
  for (const supplier of suppliers) {
    const done = await approveOne(ports, supplier, options);
    if (done === null) return;
    told(done);
  }
}

async function approveOne(
  { run, print, language }: ApprovePorts,
  supplier: DraftSupplier,
  { deliverOn, again }: ApproveOptions,
): Promise<Approved | null> {
  const id = supplier.of.supplier;
  const command = draftCommand(supplier, deliverOn, again.has(id));
  const drafted = command === null ? DONE : await run(command);
  if (drafted === null) return null;
  const order = supplier.draft?.order ?? orderOf(drafted);
  if (!isGood(drafted) || order === null) return refused(id, order, drafted);
  const by = wayOf(supplier);
  const approve = (way: Channel) =>
    run({ kind: 'order.approve', data: { order, send: { by: way, language } } });
  let approved = await approve(by);
  // The book names an address, but this box has nothing to send from: paper then.
  const isPaper = by === 'print' || approved?.code === 'channel_not_set_up';
  if (isPaper && by !== 'print') approved = await approve('print');
  if (approved === null) return null;
  if (!isGood(approved)) return refused(id, order, approved);
  if (!isPaper && by !== 'chain') await print(order);
  return { supplier: id, order, refusal: null, duplicateOf: null };
}

/** A store of the chain gets a requisition; else by message when the supplier has one, and the paper too. */
function wayOf({ of }: DraftSupplier): Channel {
  return of.send.find((by) => by !== 'print' && by !== 'hand') ?? 'print';
}

/** Nothing had to be done. */
const DONE: CommandResult = { id: '', status: 'applied' };

/** What brings the box to what is on the screen; null when it is there already. */
export function draftCommand(
  supplier: DraftSupplier,
  deliverOn: string,
  again: boolean,
): CommandBody | null {
  const { draft, of } = supplier;
  if (draft === null) {
    const lines = orderLines(supplier);
    const data = { supplier: of.supplier, deliverOn, lines, ...(again ? { again: true } : {}) };
    return lines.length === 0 ? null : { kind: 'order.create', data };
  }
  const lines = editLines(supplier);
  return lines.length === 0 ? null : { kind: 'order.edit', data: { order: draft.order, lines } };
}

function isGood(result: CommandResult): boolean {
  return result.status === 'applied' || (result.status === 'duplicate' && !result.code);
}

function orderOf(result: CommandResult): string | null {
  const order = (result.data as { order?: unknown } | undefined)?.order;
  return typeof order === 'string' ? order : null;
}

function refused(supplier: string, order: string | null, result: CommandResult): Approved {
  const { duplicates = [] } = (result.data ?? {}) as { duplicates?: readonly string[] };
  const isDuplicate = result.code === 'order_duplicate';
  return {
    supplier,
    order: isDuplicate ? null : order,
    refusal: { code: result.code ?? result.status, message: result.message ?? null },
    duplicateOf: isDuplicate ? (duplicates[0] ?? null) : null,
  };
}
