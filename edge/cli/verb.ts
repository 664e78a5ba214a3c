/** What every verb of the tool gets, and how it is hung into the command line. */
import type { Command } from 'commander';
import type { Output } from './output.ts';
import type { Surroundings } from './place.ts';

/** The caller's place and voice. */
export type Tool = { readonly around: Surroundings; readonly out: Output };

export type VerbOptions = Readonly<Record<string, unknown>>;

/** @returns the exit code */
export type Run = (
  tool: Tool,
  args: readonly (string | readonly string[] | undefined)[],
  options: VerbOptions,
) => Promise<number> | number;

/** Makes the tool for the options of one call, and takes its exit code. */
export type Hang = {
  readonly tool: (options: VerbOptions) => Tool;
  readonly ended: (exit: number) => void;
};

/** Adds a verb: `spec` as commander writes it, `what` in both languages for its help. */
export function addVerb(
  parent: Command,
  hang: Hang,
  spec: string,
  what: string,
  run: Run,
): Command {
  return parent
    .command(spec)
    .description(what)
    .action(async (...given: unknown[]) => {
      const command = given.at(-1) as Command;
      const args = given.slice(0, -2) as (string | readonly string[] | undefined)[];
      const options = command.optsWithGlobals() as VerbOptions;
      hang.ended(await run(hang.tool(options), args, options));
    });
}

/** A text option, or undefined. */
export function textOf(options: VerbOptions, key: string): string | undefined {
  const value = options[key];
  return typeof value === 'string' ? value : undefined;
}

/** An argument that commander requires. */
export function argument(
  args: readonly (string | readonly string[] | undefined)[],
  at: number,
): string {
  const value = args[at];
  return typeof value === 'string' ? value : '';
}
