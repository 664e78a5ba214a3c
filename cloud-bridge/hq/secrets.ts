/**
 * What head office keeps to itself: made at the first start, in `secrets.json` (0600). Receivers that
 * share a database but no folder are given the same file.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../edge/runtime/fault.ts';
import { type Ports, randomHex } from '../../edge/runtime/ports.ts';
import { writeFileDurably } from '../../edge/runtime/write-file.ts';

const schema = z.object({
  adminToken: z.string().min(16),
  /** Of the embedded server; only it and this program use it. */
  postgresPassword: z.string().min(16),
});
export type HqSecrets = z.infer<typeof schema> & {
  /** True at the first start: they were made just now. */
  readonly fresh: boolean;
};

/** @throws Fault `bad_secrets` when the file cannot be read */
export function openHqSecrets(folder: string, ports: Pick<Ports, 'randomBytes'>): HqSecrets {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const file = join(folder, 'secrets.json');
  if (existsSync(file)) return { ...readSecrets(file), fresh: false };
  const made = { adminToken: randomHex(ports, 24), postgresPassword: randomHex(ports, 24) };
  writeFileDurably(file, `${JSON.stringify(made, null, 2)}\n`, 0o600);
  return { ...made, fresh: true };
}

function readSecrets(file: string): z.infer<typeof schema> {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Fault('bad_secrets', `${file} cannot be read: restore it from a backup`, {
      retryable: false,
      cause: error,
    });
  }
}
