/** The newest version for each store: in every acknowledgement, so it is remembered for a moment. */
import { catalogHeadOf } from '../catalog/catalog-store.ts';
import type { HqParts } from '../parts.ts';

export type CatalogHeads = (store: string) => Promise<number>;

/** What another receiver published while it could not be heard is known after this. */
const REMEMBER_MS = 5_000;

export function openCatalogHeads({ db, ports, wire }: HqParts): CatalogHeads {
  const heads = new Map<string, { head: number; until: number }>();
  // Whatever was published, for one store or for all: asked for again by whoever comes next.
  wire.listen(({ kind }) => {
    if (kind === 'catalog') heads.clear();
  });
  return async (store) => {
    const known = heads.get(store);
    const now = ports.mono();
    if (known !== undefined && known.until > now) return known.head;
    const head = await catalogHeadOf(db.chain, store);
    heads.set(store, { head, until: now + REMEMBER_MS });
    return head;
  };
}
