/**
 * Which commands of a paired tablet need a manager. Whoever holds the tablet logs what happens in the
 * kitchen, goods to and from other stores among it; money, master data and other people's records need a
 * manager's PIN or badge.
 */
import type { Command } from '#recipes/contracts/command.ts';
import type { EntryHead, EntryKind } from '#recipes/ledger/entry.ts';
import type { Refusal, Sender } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';

export type ForbidParts = {
  readonly entry: (seq: number) => EntryHead | undefined;
  /** Which paired tablet sent a command; null = none. */
  readonly deviceOf: (command: string) => string | null;
  readonly dayOf: (at: number) => number;
  /** Whether an order was approved: changing it takes the approval back. */
  readonly isApproved: (order: string) => boolean;
  readonly now: () => number;
};

/** Who wants to take back an entry: the name the command says, the tablet it comes from. */
export type Reverser = { readonly actor: string | null; readonly device: string | null };

/** The rule for `commands/execute`. */
export function openForbids(
  parts: ForbidParts,
): (command: Command, sender: Sender) => Refusal | undefined {
  return (command, sender) => {
    if (sender.device === null || sender.pass?.role === 'manager') return undefined;
    return needsManager(parts, command, sender) ? PIN_NEEDED : undefined;
  };
}

/**
 * Whether taking back this entry needs a manager: free is one's own of today, or of this tablet, as
 * long as making it was free.
 */
export function reversalNeedsManager(
  parts: Omit<ForbidParts, 'isApproved'>,
  head: EntryHead,
  { actor, device }: Reverser,
): boolean {
  if (MANAGERS_ENTRIES.has(originalKind(parts, head))) return true;
  if (head.day !== parts.dayOf(parts.now())) return true;
  const sameActor = actor !== null && head.actor === actor;
  const sameDevice =
    device !== null && head.command !== null && parts.deviceOf(head.command) === device;
  return !sameActor && !sameDevice;
}

const MANAGERS_KINDS = new Set([
  'count.post',
  'setting.set',
  'book.adopt',
  'book.override',
  'book.rollback',
  'hq.trust',
  'takeover.dismiss',
  'usage.import',
  'order.approve',
  'order.reject',
  'order.send',
  'order.cancel',
  'credit.record',
]);
const MANAGERS_FAMILIES = /^(user|device|printer)\./;
/** Taking these back undoes what a manager did. */
const MANAGERS_ENTRIES: ReadonlySet<EntryKind> = new Set([
  'count',
  'setting',
  'book',
  'override',
  'catalog',
  'order',
  'credit',
  'person',
  'device',
  'terminal',
]);

function needsManager(parts: ForbidParts, command: Command, sender: Sender): boolean {
  const { kind } = command;
  if (MANAGERS_KINDS.has(kind) || MANAGERS_FAMILIES.test(kind)) return true;
  // The data are not checked yet; what is odd is refused by the handler.
  const data = (command.data ?? {}) as Readonly<Record<string, unknown>>;
  if (kind === 'delivery.receive') return data['release'] !== undefined;
  if (kind === 'order.edit') return parts.isApproved(String(data['order']));
  if (kind !== 'entry.reverse') return false;
  const head = typeof data['entry'] === 'number' ? parts.entry(data['entry']) : undefined;
  const reverser = { actor: command.actor ?? sender.pass?.user ?? null, device: sender.device };
  return head !== undefined && reversalNeedsManager(parts, head, reverser);
}

/** What kind of fact is taken back: of a reversal (to restore it) the one it had taken back. */
function originalKind(parts: Pick<ForbidParts, 'entry'>, head: EntryHead): EntryKind {
  let original = head;
  while (original.kind === 'reversal' && original.reverses !== null) {
    const before = parts.entry(original.reverses);
    // A chain leads to ever older entries.
    if (!before || before.seq >= original.seq) break;
    original = before;
  }
  return original.kind;
}

const PIN_NEEDED = refuse(
  'pin_needed',
  'a manager is needed for this: show the PIN or the badge, then send the same again',
  '此操作需要店长:请输入店长 PIN 或刷卡,然后原样重发',
);
