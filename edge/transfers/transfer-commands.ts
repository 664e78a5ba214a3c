/** What people do with goods between stores and with outside work. */
import type { Handlers } from '../commands/execute.ts';
import { receiveFromOutside } from './outsource-receive.ts';
import { sendOut } from './outsource-send.ts';
import { receiveTransfer } from './receive-transfer.ts';
import { answerRequisition, sendRequisition } from './requisitions.ts';
import { sendTransfer } from './send-transfer.ts';
import type { TransferParts } from './transfer-parts.ts';

type Kinds = Extract<
  keyof Handlers,
  `transfer.${string}` | `requisition.${string}` | `outsource.${string}`
>;

/** The handlers. */
export function transferCommands(parts: TransferParts): Pick<Handlers, Kinds> {
  return {
    'transfer.send': (data, context) => sendTransfer(parts, data, context),
    'transfer.receive': (data, context) => receiveTransfer(parts, data, context),
    'requisition.send': (data, context) => sendRequisition(parts, data, context),
    'requisition.answer': (data, context) => answerRequisition(parts, data, context),
    'outsource.send': (data, context) => sendOut(parts, data, context),
    'outsource.receive': (data, context) => receiveFromOutside(parts, data, context),
  };
}
