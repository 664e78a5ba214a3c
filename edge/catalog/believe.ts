/** Whose word a version is: one key is pinned, and only a person says that another one counts. */
import type { SignedVersion } from '#recipes/contracts/sync.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CatalogStore } from './catalog-store.ts';
import { BAD_SIGNATURE, type Reason, wrongKey } from './reasons.ts';
import { isSigned } from './verify-version.ts';

/** Why a version is not believed; undefined when it is. The first key that signs well is pinned. */
export function disbelief(
  parts: { readonly catalog: CatalogStore; readonly ledger: Pick<Ledger, 'transact'> },
  envelope: SignedVersion,
): Reason | undefined {
  const { catalog } = parts;
  const pinned = catalog.word('hqKey');
  if (pinned !== undefined && pinned !== envelope.key) {
    if (catalog.word('hqStrangeKey') !== envelope.key && isSigned(envelope)) {
      parts.ledger.transact(() => catalog.keep('hqStrangeKey', envelope.key));
    }
    return wrongKey(pinned, envelope.key);
  }
  if (!isSigned(envelope)) return BAD_SIGNATURE;
  if (pinned === undefined) parts.ledger.transact(() => catalog.keep('hqKey', envelope.key));
  return undefined;
}
