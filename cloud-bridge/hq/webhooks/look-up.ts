/**
 * Names of webhooks are looked up one after another. The system's own look-up holds a thread of this
 * process for as long as its name servers are silent, and few of those threads may wait so: the connections
 * to a database whose server has a name come through them, too.
 */
import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';

/** As `dns.lookup` with `all`. */
export type LookUp = (
  hostname: string,
  options: LookupAllOptions,
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/** The same; nothing is asked for whose time has run out before its turn. */
export type LookUpInTurn = (
  hostname: string,
  options: LookupAllOptions,
  signal: AbortSignal,
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/** @param ask one look-up: the system's, which knows the names of this machine and of its network */
export function openLookUp(ask: LookUp = lookup): LookUpInTurn {
  const waiting: (() => void)[] = [];
  let busy = false;

  function next(): void {
    busy = false;
    waiting.shift()?.();
  }

  return (hostname, options, signal, done) => {
    const run = () => {
      if (signal.aborted) {
        next();
        return;
      }
      busy = true;
      ask(hostname, options, (error, addresses) => {
        next();
        done(error, addresses);
      });
    };
    if (busy) waiting.push(run);
    else run();
  };
}
