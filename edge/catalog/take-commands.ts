/**
 * What head office decided: people, orders, settings. Each command goes through the ordinary door under
 * an id made of the version's number, so that a version that comes twice, or was cut off in the middle,
 * carries each out once.
 */
import { HQ_COMMANDS, hqCommandsSchema } from '#recipes/contracts/catalog-command.ts';
import type { Command, CommandResult } from '#recipes/contracts/command.ts';
import type { Reason } from './reasons.ts';
import type { Effect, Verdict } from './take-version.ts';
import type { ReadVersion } from './verify-version.ts';

export type TakeCommandsParts = {
  /** The door for commands, with the rights of the owner. */
  readonly execute: (command: Command) => CommandResult;
};

/** What became of one, for the note of the entry. */
type Outcome = {
  readonly id: string;
  readonly kind: string;
  readonly ok: boolean;
  readonly code?: string;
  readonly en?: string;
  readonly zh?: string;
};

const ALLOWED: ReadonlySet<string> = new Set(HQ_COMMANDS);
/** Who is named when head office does not say who decided. */
const HEAD_OFFICE = 'head-office';

/** Handler for `catalog.on('commands', …)`. */
export function takeCommands(parts: TakeCommandsParts): (version: ReadVersion) => Effect {
  return (version) => {
    const said = hqCommandsSchema.safeParse(version.payload);
    if (!said.success) return () => ({ ok: false, reason: NO_COMMANDS });
    const outcomes = said.data.commands.map(({ kind, at, actor, data }, index) => {
      const id = `hq:${version.version}:${index + 1}`;
      if (!ALLOWED.has(kind)) return { id, kind, ok: false, ...notAllowed(kind) };
      const by = actor ?? version.actor ?? HEAD_OFFICE;
      const command = { id, kind, actor: by, data, ...(at === undefined ? {} : { at }) };
      return outcomeOf(carryOut(parts, command), command);
    });
    return () => verdictOf(outcomes);
  };
}

/** Somebody whom head office adds may work here already: then they are brought to what it says. */
function carryOut(parts: TakeCommandsParts, command: Command): CommandResult {
  const result = parts.execute(command);
  if (command.kind !== 'user.add' || result.code !== 'user_exists') return result;
  return parts.execute({ ...command, id: `${command.id}:edit`, kind: 'user.edit' });
}

function outcomeOf(result: CommandResult, { id, kind }: Command): Outcome {
  const { status, code, message } = result;
  // The id is of this version only: one that came as a fact of another life of this box is this one.
  if (status === 'conflict') return { id, kind, ok: true };
  // A command that was carried out before answers what it answered then.
  const ok = status === 'applied' || (status === 'duplicate' && code === undefined);
  return { id, kind, ok, ...(code === undefined ? {} : { code }), ...message };
}

function verdictOf(commands: readonly Outcome[]): Verdict {
  const failed = commands.filter(({ ok }) => !ok);
  const detail = { commands, failed: failed.length };
  const [first] = failed;
  if (!first || failed.length < commands.length) return { ok: true, detail };
  const { code = 'not_applied', en = 'not carried out', zh = '未执行' } = first;
  return { ok: false, detail, reason: { code, en, zh } };
}

function notAllowed(kind: string): Reason {
  return {
    code: 'not_allowed',
    en: `head office may not have "${kind}" carried out; it is said in the store`,
    zh: `总部不能下发“${kind}”;请在门店操作`,
  };
}

const NO_COMMANDS: Reason = {
  code: 'bad_version',
  en: 'it says it is commands, but has none that can be read',
  zh: '该版本标为命令,但内容无法识别',
};
