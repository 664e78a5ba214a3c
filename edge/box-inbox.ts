/** What needs a person, put together from the parts of the box. */
import type { BoxParts } from './box-parts.ts';
import type { Denials } from './inbox/denials.ts';
import { readInbox } from './inbox/inbox.ts';
import type { InboxItem } from './inbox/inbox-item.ts';
import type { DayChecks } from './pos/day-checks.ts';
import type { TerminalStates } from './pos/terminal-states.ts';

export type BoxInboxParts = {
  readonly parts: BoxParts;
  readonly states: TerminalStates;
  readonly denials: Denials;
  readonly dayChecks: DayChecks;
};

/** Worked out anew each time it is asked. */
export function openBoxInbox({ parts, states, denials, dayChecks }: BoxInboxParts) {
  return (): InboxItem[] =>
    readInbox({
      ...parts,
      ...parts.receiving,
      states,
      denials: denials.list,
      dayReport: dayChecks.report,
      printing: parts.printing.inbox,
      purchase: parts.purchasing.inbox,
    });
}
