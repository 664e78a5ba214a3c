/** Who works here and which tablets are theirs, with what is kept of it in memory only. */
import type { Db } from '../db/open.ts';
import type { Ports } from '../runtime/ports.ts';
import { openDeviceStore } from './device-store.ts';
import { openPairings } from './pairings.ts';
import { openPasses } from './passes.ts';
import { openPersonStore } from './person-store.ts';

export function openPeople(db: Db, ports: Ports) {
  const persons = openPersonStore(db);
  return {
    persons,
    devices: openDeviceStore(db),
    passes: openPasses(persons, ports),
    pairings: openPairings(ports),
  };
}
