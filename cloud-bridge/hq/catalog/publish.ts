/**
 * The one door down: everything that head office says to stores is a numbered, signed version. Numbers
 * go 1, 2, 3 over the chain, with a hole only where a backup was put back (`numbers-store`); the same
 * cause again is the version it already is.
 */
import type { CatalogKind, CatalogVersion, SignedVersion } from '#recipes/contracts/sync.ts';
import type { HqParts } from '../parts.ts';
import { type StoredVersion, whilePublishing } from './catalog-store.ts';
import { openSigner, type Signer } from './sign.ts';

export type Publication = {
  readonly kind: CatalogKind;
  /** Store ids; null = every store. */
  readonly stores: readonly string[] | null;
  /** RFC 3339; null = as soon as it arrives. */
  readonly validFrom?: string | null;
  readonly payload: unknown;
  /** Who published. */
  readonly actor?: string | null;
  readonly note?: string | null;
  /** The version of which this is the document again. */
  readonly rollbackOf?: number | null;
  /**
   * What must not be sent twice, whoever asks again: `transfer:T-17`, `decision:order:…`. Without one
   * every call is a new version.
   */
  readonly cause?: string | null;
};

export type Published = {
  readonly version: number;
  /** False: its cause had made this version before. */
  readonly fresh: boolean;
};

type PublishParts = Pick<HqParts, 'db' | 'ports' | 'wire'>;

/**
 * Signs and stores a version; boxes fetch it with the next contact of their bridge. Its own
 * transaction on the chain's database: call it before the row that remembers it was called, with a
 * cause, so that a crash between the two sends it once.
 */
export async function publish(parts: PublishParts, said: Publication): Promise<Published> {
  const signer = await openSigner(parts);
  const cause = said.cause ?? null;
  const published = await whilePublishing(parts.db.chain, async (store): Promise<Published> => {
    const before = cause === null ? undefined : await store.ofCause(cause);
    if (before !== undefined) return { version: before, fresh: false };
    const version = (await store.newest()) + 1;
    const publishedAt = new Date(parts.ports.now()).toISOString();
    await store.insert(signedRow(signer, said, version, publishedAt), cause);
    return { version, fresh: true };
  });
  if (published.fresh) tell(parts, said, published.version);
  return published;
}

function signedRow(
  signer: Signer,
  said: Publication,
  version: number,
  publishedAt: string,
): StoredVersion {
  const {
    kind,
    stores,
    payload,
    validFrom = null,
    actor = null,
    note = null,
    rollbackOf = null,
  } = said;
  const content: CatalogVersion = {
    version,
    kind,
    stores: stores === null ? null : [...stores],
    publishedAt,
    validFrom,
    actor,
    note,
    payload,
  };
  const signed = JSON.stringify(content);
  const signature = signer.sign(signed);
  return {
    version,
    kind,
    stores,
    validFrom,
    publishedAt,
    actor,
    note,
    rollbackOf,
    signed,
    signature,
  };
}

function tell(parts: PublishParts, said: Publication, version: number): void {
  const data = { version, kind: said.kind };
  if (said.stores === null) parts.wire.tell({ kind: 'catalog', store: '*', data });
  else for (const store of said.stores) parts.wire.tell({ kind: 'catalog', store, data });
}

/** A stored version as it goes over the wire. */
export function onTheWire(row: StoredVersion, signer: Pick<Signer, 'key'>): SignedVersion {
  return {
    version: row.version,
    signed: row.signed,
    signature: row.signature,
    key: signer.key,
  };
}
