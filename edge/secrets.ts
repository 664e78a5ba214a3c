/**
 * The box's secrets: made at the first start, kept in `secrets.json` (0600), never in the database,
 * the log or a backup.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Credentials } from './access.ts';
import { Fault } from './runtime/fault.ts';
import { type Ports, randomHex } from './runtime/ports.ts';
import { writeFileDurably } from './runtime/write-file.ts';

/** What a terminal may be called: it is a level of a topic. */
export const TERMINAL_NAME = /^[A-Za-z0-9_-]{1,64}$/;

const secretsSchema = z.object({
  adminToken: z.string().min(16),
  posTerminals: z.record(
    z.string().regex(TERMINAL_NAME),
    z.object({ username: z.string().min(1), password: z.string().min(8) }),
  ),
  /** By hand: what signs messages to a supplier, and an address that is a secret itself. */
  suppliers: z
    .record(
      z.string(),
      z.object({
        webhookSecret: z.string().min(1).optional(),
        robotSecret: z.string().min(1).optional(),
        address: z.string().min(1).optional(),
      }),
    )
    .optional(),
});
export type Secrets = z.infer<typeof secretsSchema>;

export type SecretKeeper = {
  /** True at the first start: they were made just now. */
  readonly fresh: boolean;
  credentials(): Credentials;
  /** What signs messages to a supplier; empty when nobody wrote anything. */
  ofSupplier(supplier: string): NonNullable<Secrets['suppliers']>[string];
  /** Makes credentials for a new terminal, or returns those it has. */
  addTerminal(terminal: string): { username: string; password: string };
};

/** @throws Fault `bad_secrets` when the file cannot be read */
export function openSecrets(folder: string, ports: Pick<Ports, 'randomBytes'>): SecretKeeper {
  const file = join(folder, 'secrets.json');
  const fresh = !existsSync(file);
  let secrets = fresh ? undefined : readSecrets(file);
  if (secrets === undefined) {
    secrets = {
      adminToken: randomHex(ports, 24),
      posTerminals: { T1: { username: 'pos-T1', password: randomHex(ports, 16) } },
    };
    writeSecrets(file, secrets);
  }
  let current: Secrets = secrets;
  return {
    fresh,
    credentials: () => ({
      adminToken: current.adminToken,
      terminals: new Map(Object.entries(current.posTerminals)),
    }),
    ofSupplier: (supplier) => new Map(Object.entries(current.suppliers ?? {})).get(supplier) ?? {},
    addTerminal(terminal) {
      const known = Object.hasOwn(current.posTerminals, terminal)
        ? current.posTerminals[terminal]
        : undefined;
      if (known) return known;
      const added = { username: `pos-${terminal}`, password: randomHex(ports, 16) };
      current = { ...current, posTerminals: { ...current.posTerminals, [terminal]: added } };
      writeSecrets(file, current);
      return added;
    },
  };
}

/** @throws Fault `bad_secrets` */
export function readSecrets(file: string): Secrets {
  try {
    return secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Fault(
      'bad_secrets',
      `${file} cannot be read: restore it, or delete it to make new secrets`,
      {
        retryable: false,
        cause: error,
      },
    );
  }
}

/** Half-written or lost, it would lock every terminal out. */
function writeSecrets(file: string, secrets: Secrets): void {
  writeFileDurably(file, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
}
