/**
 * A pass: the rights of the person whose PIN or badge was shown, on the tablet where it was shown,
 * until two minutes pass without use. Kept in memory only: a restart ends them all.
 */
import type { Role } from '#recipes/contracts/people-command.ts';
import { isSecret } from '../runtime/kept-secret.ts';
import { type Ports, randomHex } from '../runtime/ports.ts';
import { openBackOff } from './back-off.ts';
import type { Person, PersonStore } from './person-store.ts';

/** What was shown; a badge or a PIN alone is enough when only one person has it. */
export type Proof = {
  readonly user?: string | undefined;
  readonly pin?: string | undefined;
  readonly badge?: string | undefined;
};

export type PassHolder = { readonly user: string; readonly role: Role };

export type Opened =
  | ({ readonly kind: 'open'; readonly pass: string; readonly expiresAt: number } & PassHolder)
  /** Nobody has this; `restMs` > 0 when these were too many. */
  | { readonly kind: 'wrong'; readonly restMs: number }
  /** Too many wrong ones before; nothing was looked at. */
  | { readonly kind: 'resting'; readonly restMs: number }
  /** More than one person has this PIN. */
  | { readonly kind: 'who' };

export type Passes = {
  /** @param device null = the holder of the admin token */
  open(device: string | null, proof: Proof): Promise<Opened>;
  /**
   * Whose pass it is, if it still holds on this tablet.
   * @param inUse makes it last: a person does something with it, a screen does not only read again
   */
  holder(pass: string, device: string | null, inUse: boolean): PassHolder | null;
  /** @returns false when there was none */
  end(pass: string): boolean;
  endOfDevice(device: string): void;
};

/** Unused for so long, a pass ends. */
export const IDLE_MS = 120_000;
/** Nobody holds more at once; the one used longest ago goes first. */
const PASSES_MAX = 200;

export function openPasses(
  persons: Pick<PersonStore, 'get' | 'list'>,
  ports: Pick<Ports, 'now' | 'mono' | 'randomBytes'>,
): Passes {
  const passes = new Map<
    string,
    { readonly user: string; readonly device: string | null; readonly until: number }
  >();
  const backOff = openBackOff(ports);

  function use(pass: string, user: string, device: string | null): void {
    // The last used stands last.
    passes.delete(pass);
    passes.set(pass, { user, device, until: ports.mono() + IDLE_MS });
    const [oldest] = passes.keys();
    if (passes.size > PASSES_MAX && oldest !== undefined) passes.delete(oldest);
  }

  return {
    async open(device, proof) {
      const who = device ?? '';
      const restMs = backOff.tries(who);
      if (restMs > 0) return { kind: 'resting', restMs };
      const [person, ...others] = await peopleWith(persons, proof);
      if (!person) return { kind: 'wrong', restMs: backOff.rest(who) };
      backOff.right(who);
      if (others.length > 0) return { kind: 'who' };
      const pass = randomHex(ports, 16);
      const { user, role } = person;
      use(pass, user, device);
      return { kind: 'open', pass, user, role, expiresAt: ports.now() + IDLE_MS };
    },
    holder(pass, device, inUse) {
      const known = passes.get(pass);
      if (!known || known.device !== device) return null;
      // As they are now: who has left, or is no manager any more, has no rights from before.
      const person = persons.get(known.user);
      if (known.until <= ports.mono() || !person) {
        passes.delete(pass);
        return null;
      }
      if (inUse) use(pass, known.user, device);
      return { user: person.user, role: person.role };
    },
    end: (pass) => passes.delete(pass),
    endOfDevice(device) {
      for (const [pass, known] of passes) if (known.device === device) passes.delete(pass);
    },
  };
}

/** Everybody whom the proof fits: no short cut, so that the time tells nothing. */
async function peopleWith(
  persons: Pick<PersonStore, 'get' | 'list'>,
  { user, pin, badge }: Proof,
): Promise<Person[]> {
  const named = user === undefined ? persons.list() : [persons.get(user)].flatMap((p) => p ?? []);
  const found: Person[] = [];
  for (const person of named) {
    const [shown, kept] = pin === undefined ? [badge, person.badge] : [pin, person.pin];
    if (shown !== undefined && kept !== null && (await isSecret(shown, kept))) found.push(person);
  }
  return found;
}
