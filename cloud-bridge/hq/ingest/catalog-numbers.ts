/** What stores say of the versions that they have dealt with: heard before anything is published for them. */
import { heardNumber } from '../catalog/numbers-store.ts';
import type { HqParts } from '../parts.ts';

/**
 * @returns hears the highest version that a store has dealt with; costs nothing while head office knows of
 *   as many itself
 */
export function openCatalogNumbers({
  db,
  log,
}: Pick<HqParts, 'db' | 'log'>): (store: string, said: number | undefined) => Promise<void> {
  let known = 0;
  return async (store, said = 0) => {
    if (said <= known) return;
    const { newest, leapt } = await heardNumber(db.chain, said);
    known = newest;
    if (leapt) {
      log.warn(
        { store, said, next: newest + 1 },
        'a store knows versions that head office has forgotten: it was put back from a backup; look whether they are to be published again',
      );
    }
  };
}
