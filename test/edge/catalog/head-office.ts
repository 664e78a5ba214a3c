/** Head office for tests of the box alone: signs versions with a key of its own. */
import { createHash } from 'node:crypto';
import type { CatalogVersion, SignedVersion } from '#recipes/contracts/sync.ts';
import { signerOf } from '../../../cloud-bridge/hq/catalog/sign.ts';
import type { TakeAnswer } from '../../../edge/catalog/take-version.ts';
import { auditFile } from '../../../edge/ledger/audit.ts';
import { type Ports, realPorts } from '../../../edge/runtime/ports.ts';
import type { TestBox } from '../../support/start-box.ts';

export type Said = Partial<Omit<CatalogVersion, 'kind' | 'payload'>> & {
  readonly kind?: string;
  readonly payload: unknown;
};

/** Numbers and signs what is said. @param name another name is another key */
export function headOffice(name = 'hq') {
  const signer = signerOf(createHash('sha256').update(name).digest());
  let newest = 0;
  return {
    key: signer.key,
    sign(said: Said): SignedVersion {
      const version = said.version ?? newest + 1;
      newest = Math.max(newest, version);
      const signed = JSON.stringify({
        kind: 'book',
        stores: null,
        publishedAt: '2026-11-22T08:00:00.000Z',
        validFrom: null,
        actor: 'lin',
        ...said,
        version,
      });
      return { version, signed, signature: signer.sign(signed), key: signer.key };
    },
  };
}

/** Hands a version over as the bridge does. */
export function give(box: TestBox, version: SignedVersion): Promise<TakeAnswer> {
  return box.api<TakeAnswer>('POST', '/feed/catalog', version);
}

/** Entries of a kind with their notes, oldest first. */
export function notes(box: TestBox, kind: string): Record<string, unknown>[] {
  const { entries } = box.box.parts.ledger;
  return entries
    .after(0, 100_000)
    .filter(({ head }) => head.kind === kind)
    .map(({ head }) => JSON.parse(head.note ?? '{}') as Record<string, unknown>);
}

/** Everything wrong with the database; empty when it is whole. */
export function breaches(box: TestBox): string[] {
  const report = auditFile(box.box.parts.file, { full: true, onProgress: () => undefined });
  return report.checks.flatMap(({ id, breaches: list }) =>
    list.map(({ where, detail }) => `${id}: ${where}: ${detail}`),
  );
}

/** The machine with a clock that a test moves. */
export function movedClock(start: number): { ports: Ports; set(at: number): void } {
  let at = start;
  return {
    ports: { ...realPorts(), now: () => at },
    set(next) {
      at = next;
    },
  };
}
