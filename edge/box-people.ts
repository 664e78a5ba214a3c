/** Who may talk to the box, and how a tablet becomes one of its own. */
import type { Doors } from './box-doors.ts';
import type { BoxParts } from './box-parts.ts';
import { ADMIN } from './commands/execute.ts';
import type { AuthParts } from './http/auth.ts';
import type { PeopleRouteParts } from './http/people-routes.ts';
import { tokenHash } from './people/pairings.ts';
import { addressForTablets } from './setup/reach.ts';

/** The people's side of the API: whose a token is, and the routes about people and tablets. */
export function peopleAccess(
  parts: BoxParts,
  doors: Doors,
  denied: (who: string, what: string) => void,
): { auth: AuthParts; routes: PeopleRouteParts } {
  const { config, devices, pairings, passes, persons, ports, secrets } = parts;
  const lastSeen = new Map<string, number>();
  return {
    auth: {
      credentials: secrets.credentials,
      device(token) {
        const known = devices.withToken(tokenHash(token))?.device;
        if (known !== undefined) lastSeen.set(known, ports.now());
        return known;
      },
      pass: passes.holder,
    },
    routes: {
      persons,
      devices,
      passes,
      pairings,
      pair({ token, wish: { name, station, actor } }) {
        const device = freeName(parts);
        const data = {
          device,
          name,
          ...(station === null ? {} : { station }),
          tokenHash: tokenHash(token),
        };
        const id = `pair:${data.tokenHash.slice(0, 24)}`;
        const by = actor === null ? {} : { actor };
        const result = doors.execute({ id, kind: 'device.pair', ...by, data }, ADMIN);
        if (result.status !== 'applied') throw new Error(`${device}: ${result.message?.en}`);
        return device;
      },
      lastSeen: (device) => lastSeen.get(device),
      addressFor: (host) => addressForTablets(config.httpHost, host),
      denied,
    },
  };
}

/** `tablet-1`, `tablet-2`, …: short enough to be read out. Names are never used again. */
function freeName({ devices }: BoxParts): string {
  for (let i = devices.list().length + 1; ; i++) {
    if (!devices.get(`tablet-${i}`)) return `tablet-${i}`;
  }
}
