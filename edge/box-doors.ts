/**
 * The two doors of the box, with what follows from walking through them: a POS speaks and its results
 * are told; a person commands and what waited is released.
 */
import type { Command, CommandResult } from '#recipes/contracts/command.ts';
import { reason } from '#recipes/contracts/reasons.ts';
import { openCommandDoor } from './box-commands.ts';
import type { BoxParts } from './box-parts.ts';
import { ADMIN, type Sender, type TakenOverCommand } from './commands/execute.ts';
import type { Answers } from './pos/answers.ts';
import { STATUS } from './pos/event-status.ts';
import {
  claimedIdOf,
  type Incoming,
  openReceiver,
  REPLAY,
  type Received,
  resultOf,
} from './pos/receive.ts';
import { releaseHeld, settlePending } from './pos/release.ts';

export type Doors = {
  /** Stores, settles and tells. @throws when it cannot be stored */
  receive(batch: readonly Incoming[]): Received[];
  /** The same, but telling is left to the caller, who acknowledges first. */
  store(batch: readonly Incoming[]): () => void;
  execute(command: Command, sender?: Sender): CommandResult;
  /** What another life of the box received: stored and settled; no till is told what it was told then. */
  receiveAgain(batch: readonly Incoming[]): Received[];
  /** What another life of the box carried out. */
  executeAgain(command: Command, before: TakenOverCommand): CommandResult;
  /** What a command would do; nothing happens. */
  rehearse(command: Command, sender?: Sender): CommandResult;
  /** Everything that waits is tried again. */
  release(): void;
  /** Another book is in force: what waits is tried again, and the screens hear of it. */
  bookChanged(): void;
};

export type DoorListeners = {
  readonly answers: Answers;
  /** After each batch, released events included. */
  readonly received: (received: readonly Received[]) => void;
  /** After events of another life: no terminal has spoken. */
  readonly receivedAgain: (received: readonly Received[]) => void;
  readonly commanded: () => void;
  readonly bookChanged: () => void;
  readonly deviceRevoked: (device: string) => void;
};

/** Opens both doors; `listeners` hear what came through. */
export function openDoors(parts: BoxParts, listeners: DoorListeners): Doors {
  const { receiving } = parts;
  const receiver = openReceiver(receiving);

  function tell(received: readonly Received[]): void {
    const all = [...received, ...resettled(parts)];
    if (all.length === 0) return;
    listeners.answers.results(all);
    listeners.received(all);
  }

  function receive(batch: readonly Incoming[]): Received[] {
    const received = receiver.receive(batch);
    tell(received);
    return received;
  }

  function release(): void {
    tell([...releaseHeld(receiving), ...settlePending(receiving)]);
  }

  function bookChanged(): void {
    release();
    listeners.bookChanged();
  }

  const door = openCommandDoor(parts, {
    release,
    replay(event) {
      replay(parts, receive, event);
      // One whose effect could not be worked out is settled where it stands.
      tell(settlePending(receiving, event));
    },
    bookChanged,
    deviceRevoked: listeners.deviceRevoked,
  });
  return {
    receive,
    store(batch) {
      const received = receiver.receive(batch);
      return () => tell(received);
    },
    release,
    bookChanged,
    receiveAgain(batch) {
      const received = receiver.receive(batch);
      tell([]);
      listeners.answers.acks(received.map(({ terminal }) => terminal));
      listeners.receivedAgain(received);
      return received;
    },
    executeAgain(command, before) {
      const result = door.execute(command, ADMIN, before);
      listeners.commanded();
      return result;
    },
    execute(command, sender) {
      const result = door.execute(command, sender);
      listeners.commanded();
      return result;
    },
    rehearse: door.rehearse,
  };
}

/** What came in on the bus: an event on another terminal's topic is kept, and not believed. */
export function incomingOf(message: {
  terminal: string;
  body: Uint8Array;
  misaddressed?: string;
}): Incoming {
  const { terminal, body, misaddressed } = message;
  if (misaddressed === undefined) return { terminal, body };
  return { terminal, body, refuse: [reason('wrong_identity', misaddressed)] };
}

/** Events that were settled while something else was received. */
function resettled(parts: BoxParts): Received[] {
  const { events, terminals, resettled: numbers } = parts.receiving;
  return numbers.splice(0).flatMap((number) => {
    const stored = events.get(number);
    if (!stored) return [];
    const result = resultOf(stored, claimedIdOf(stored));
    return [{ terminal: terminals.name(stored.terminal), number, result, fresh: false }];
  });
}

/** Stored bytes come in once more; when they are understood now, the old row is closed. */
function replay(parts: BoxParts, receive: Doors['receive'], number: number): void {
  const { events, terminals } = parts.receiving;
  const stored = events.get(number);
  if (stored?.status !== STATUS.quarantined) return;
  const terminal = terminals.name(stored.terminal);
  const [received] = receive([{ terminal, body: stored.body, source: REPLAY }]);
  if (!received || received.number === number) return;
  parts.ledger.transact(() => events.setOutcome(number, { ...stored, status: STATUS.dismissed }));
}
