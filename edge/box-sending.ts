/** Messages to suppliers, with what they need of the rest of the box. */
import type { BoxParts } from './box-parts.ts';
import { openSendingLoop, type SendingLoop } from './purchasing/sending/sending-loop.ts';
import { storeName } from './store-name.ts';

/** @param changed tells the screens that an order moved on */
export function openBoxSending(parts: BoxParts, changed: () => void): SendingLoop {
  const { config, ledger, ports, log, receiving, purchasing } = parts;
  const from = () => ({ id: config.store, name: storeName(parts), timeZone: config.timezone });
  const { dayOf } = receiving;
  return openSendingLoop({ ...purchasing, ledger, dayOf, from, ports, log, changed });
}
