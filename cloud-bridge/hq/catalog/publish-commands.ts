/**
 * What head office decides about people, orders and settings, for stores to carry out. A PIN or a badge
 * is turned into what is kept of it here: its digits are in no version, and no store sends them on.
 */
import { HQ_COMMANDS, type HqCommand } from '#recipes/contracts/catalog-command.ts';
import { commandSchemas, type Words } from '#recipes/contracts/command.ts';
import { keepSecret } from '../../../edge/runtime/kept-secret.ts';
import type { HqParts } from '../parts.ts';
import { type Published, publish } from './publish.ts';

export type HqCommandSaid = {
  readonly kind: string;
  /** When it happened; RFC 3339. */
  readonly at?: string | undefined;
  readonly actor?: string | null | undefined;
  readonly data: unknown;
};

export type CommandProblem = {
  /** `commands[3].data.role` */
  readonly path: string;
  readonly code: 'not_allowed' | 'bad_data';
  readonly message: string;
  readonly messageZh: string;
};

const ALLOWED: ReadonlySet<string> = new Set(HQ_COMMANDS);

/** Everything wrong with these commands; empty = they may be published. */
export function commandProblems(commands: readonly HqCommandSaid[]): CommandProblem[] {
  return commands.flatMap(({ kind, data }, index): CommandProblem[] => {
    if (!ALLOWED.has(kind)) return [notAllowed(kind, index)];
    const read = commandSchemas[kind as HqCommand].safeParse(data ?? {});
    if (read.success) return [];
    return read.error.issues.map((issue) => ({
      path: ['commands', index, 'data', ...issue.path].reduce<string>(
        (path, step) =>
          typeof step === 'number'
            ? `${path}[${step}]`
            : `${path}${path ? '.' : ''}${String(step)}`,
        '',
      ),
      code: 'bad_data',
      message: issue.message,
      messageZh: `格式不符:${issue.message}`,
    }));
  });
}

function notAllowed(kind: string, index: number): CommandProblem {
  const list = HQ_COMMANDS.join(', ');
  return {
    path: `commands[${index}].kind`,
    code: 'not_allowed',
    message: `"${kind}" is said in the store; head office may send ${list}`,
    messageZh: `“${kind}”须在门店操作;总部可下发 ${list}`,
  };
}

/** Publishes commands that have no problems. */
export function publishCommands(
  parts: Pick<HqParts, 'db' | 'ports' | 'wire'>,
  said: {
    readonly commands: readonly HqCommandSaid[];
    /** Codes; null = every store. */
    readonly stores: readonly string[] | null;
    readonly actor: string;
    readonly note?: string | null | undefined;
    readonly cause?: string | null | undefined;
  },
): Promise<Published> {
  const commands = said.commands.map(({ data, ...command }) => ({
    ...command,
    data: withoutDigits(parts, data),
  }));
  const { stores, actor, note = null, cause = null } = said;
  return publish(parts, { kind: 'commands', stores, payload: { commands }, actor, note, cause });
}

function withoutDigits(parts: Pick<HqParts, 'ports'>, data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  const { pin, badge, ...rest } = data as Record<string, unknown>;
  return {
    ...rest,
    ...(typeof pin === 'string' ? { pinKept: keepSecret(pin, parts.ports) } : {}),
    ...(typeof badge === 'string' ? { badgeKept: keepSecret(badge, parts.ports) } : {}),
  };
}

/** Somebody as head office says they are, in words for stores. */
export type PersonSaid = {
  readonly user: string;
  readonly name?: string | undefined;
  readonly role?: string | undefined;
  readonly pin?: string | undefined;
  readonly badge?: string | undefined;
  readonly remove?: boolean | undefined;
};

/**
 * With name and role somebody is added, or brought to them where they work already; with less only
 * what is named changes.
 */
export function commandOfPerson({ remove, ...person }: PersonSaid): HqCommandSaid {
  if (remove === true) return { kind: 'user.remove', data: { user: person.user } };
  const whole = person.name !== undefined && person.role !== undefined;
  return { kind: whole ? 'user.add' : 'user.edit', data: person };
}

/** Why nothing was published, for the problem's detail. */
export function wordsOf(problems: readonly CommandProblem[]): Words {
  const [first] = problems;
  return {
    en: `${first?.path}: ${first?.message} (${problems.length} in all)`,
    zh: `${first?.path}:${first?.messageZh}(共 ${problems.length} 处)`,
  };
}
