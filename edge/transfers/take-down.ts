/**
 * What head office says of goods between stores: that some are on their way, that they are not, what became
 * of one's own, and what other stores ask for. Each may come twice or late; what the box knows better from
 * its own entries stays.
 */
import type { z } from 'zod';
import type { Words } from '#recipes/contracts/command.ts';
import {
  requisitionDownSchema,
  requisitionStateSchema,
  type TransferDown,
  transferCancelSchema,
  transferDownSchema,
} from '#recipes/contracts/transfer-note.ts';
import { matchAnnounced } from './match-announced.ts';
import type { TransferParts } from './transfer-parts.ts';

/** What became of it, as `edge/catalog` notes it. */
export type Taken =
  | { readonly ok: true; readonly detail?: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly reason: Words & { readonly code: string } };

/** Works inside the transaction of the version. */
export type TakeDown = (payload: unknown, now: number) => Taken;

/** By kind of version. */
export function takersOf(
  parts: TransferParts,
): Readonly<
  Record<'transfer' | 'transfer_cancel' | 'requisition' | 'requisition_state', TakeDown>
> {
  return {
    transfer: reading(transferDownSchema, (said, now) =>
      said.what === 'announce' ? announced(parts, said, now) : stateSaid(parts, said),
    ),
    transfer_cancel: reading(transferCancelSchema, (said, now) => cancelled(parts, said, now)),
    requisition: reading(requisitionDownSchema, (said) => asked(parts, said)),
    requisition_state: reading(requisitionStateSchema, (said) => answered(parts, said)),
  };
}

function reading<T>(schema: z.ZodType<T>, take: (said: T, now: number) => Taken): TakeDown {
  return (payload, now) => {
    const said = schema.safeParse(payload);
    return said.success
      ? take(said.data, now)
      : notUnderstood(said.error.issues[0]?.path.join('.'));
  };
}

function announced(
  parts: TransferParts,
  said: Extract<TransferDown, { what: 'announce' }>,
  now: number,
): Taken {
  if (said.to !== parts.store) return notMine(said.transfer);
  const { transfer: id, from: other, lines, sentAt: at } = said;
  const detail = { transfer: id, from: other };
  const requisition = said.requisition ?? null;
  const before = parts.transfers.get(id);
  if (before?.direction === 'out') return notMine(id);
  const named = { ...detail, ...(requisition === null ? {} : { requisition }) };
  if (before?.state === 'received') {
    // What was announced once is known; a receipt from paper gets its papers now.
    if (before.lines.length > 0) return { ok: true, detail: named };
    const off = matchAnnounced(parts, { ...before, other, requisition }, lines, now);
    onItsWay(parts, requisition, 'received');
    return { ok: true, detail: { ...named, matched: true, differs: off.size > 0 } };
  }
  parts.transfers.put({
    id,
    direction: 'in',
    other,
    state: 'incoming',
    entry: 0,
    at,
    step: before?.step ?? 0,
    requisition,
    lines,
    received: null,
    hq: null,
    note: said.note ?? null,
  });
  onItsWay(parts, requisition, 'shipped');
  return { ok: true, detail: named };
}

/** What this store had asked for is on its way, or has come. */
function onItsWay(
  parts: TransferParts,
  requisition: string | null,
  state: 'shipped' | 'received',
): void {
  const row = requisition === null ? undefined : parts.requisitions.get(requisition);
  if (row?.direction !== 'out' || row.state === 'received') return;
  parts.requisitions.put({ ...row, state });
}

function stateSaid(
  parts: TransferParts,
  { transfer: id, state, received }: Extract<TransferDown, { what: 'state' }>,
): Taken {
  const row = parts.transfers.get(id);
  if (!row) return { ok: true, detail: { transfer: id, unknown: true } };
  const hq = state === 'in_transit' ? null : state;
  const out = row.direction === 'out';
  parts.transfers.put({ ...row, hq, ...(out ? { received: received ?? null } : {}) });
  return { ok: true, detail: { transfer: id, is: state } };
}

function cancelled(
  parts: TransferParts,
  { transfer: id, from: other, to }: z.infer<typeof transferCancelSchema>,
  now: number,
): Taken {
  if (to !== parts.store) return notMine(id);
  const row = parts.transfers.get(id);
  const detail = { transfer: id, from: other };
  // It came all the same: head office sees both, and asks a person.
  if (row?.state === 'received') return { ok: true, detail: { ...detail, received: true } };
  parts.transfers.put({
    id,
    direction: 'in',
    other,
    state: 'cancelled',
    entry: 0,
    at: row?.at ?? now,
    step: row?.step ?? 0,
    requisition: row?.requisition ?? null,
    lines: row?.lines ?? [],
    received: null,
    hq: null,
    note: row?.note ?? null,
  });
  const asked = row?.requisition ? parts.requisitions.get(row.requisition) : undefined;
  if (asked?.direction === 'out' && asked.state === 'shipped') {
    parts.requisitions.put({ ...asked, state: 'accepted' });
  }
  return { ok: true, detail };
}

function asked(parts: TransferParts, said: z.infer<typeof requisitionDownSchema>): Taken {
  const { requisition: id, from: other, deliverOn, lines, at } = said;
  if (said.to !== parts.store) return notMine(id);
  const detail = { requisition: id, from: other };
  if (parts.requisitions.has(id)) return { ok: true, detail };
  parts.requisitions.put({
    id,
    direction: 'in',
    other,
    state: 'sent',
    entry: 0,
    at,
    deliverOn,
    lines,
    purchase: null,
    note: said.note ?? null,
  });
  return { ok: true, detail };
}

function answered(
  parts: TransferParts,
  { requisition: id, state, note }: z.infer<typeof requisitionStateSchema>,
): Taken {
  const row = parts.requisitions.get(id);
  const detail = { requisition: id, is: state };
  if (!row) return { ok: true, detail: { ...detail, unknown: true } };
  // What came has come, and what was shipped is on its way, whoever calls it off now.
  const over = row.state === 'received' || (row.direction === 'in' && row.state === 'shipped');
  if (!over) parts.requisitions.put({ ...row, state, note: note ?? row.note });
  return { ok: true, detail };
}

function notMine(id: string): Taken {
  return {
    ok: false,
    reason: {
      code: 'not_mine',
      en: `"${id}" does not concern this store`,
      zh: `“${id}”与本店无关`,
    },
  };
}

function notUnderstood(where: string | undefined): Taken {
  return {
    ok: false,
    reason: {
      code: 'bad_payload',
      en: `its content is not understood (${where ?? ''}); bring this box up to date`,
      zh: `无法识别其内容(${where ?? ''});请升级本机`,
    },
  };
}
