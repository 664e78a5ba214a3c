/** Which commands of a paired tablet need a manager. */
import type { Command } from '#recipes/contracts/command.ts';
import type { Refusal, Sender } from '../commands/execute.ts';

export function forbids(_command: Command, _sender: Sender): Refusal | undefined {
  return undefined;
}
