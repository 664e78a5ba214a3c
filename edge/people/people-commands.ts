/**
 * Who works here, and which tablets are theirs. Each change is an entry; PINs, badges and tokens are
 * never in one, only that they were set.
 */
import type { CommandData } from '#recipes/contracts/command.ts';
import type { EntryKind } from '#recipes/ledger/entry.ts';
import type { Carried, CommandContext, Handlers } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { refuse } from '../refuse.ts';
import { keepSecret } from '../runtime/kept-secret.ts';
import type { Ports } from '../runtime/ports.ts';
import type { Device, DeviceStore } from './device-store.ts';
import type { PersonStore } from './person-store.ts';

export type PeopleCommandParts = {
  readonly ledger: Ledger;
  readonly dayOf: (at: number) => number;
  readonly persons: PersonStore;
  readonly devices: DeviceStore;
  readonly ports: Pick<Ports, 'randomBytes'>;
  /** A tablet was locked out: its passes and open streams end. */
  readonly revoked: (device: string) => void;
};

type Kinds =
  | 'user.add'
  | 'user.edit'
  | 'user.remove'
  | 'device.pair'
  | 'device.edit'
  | 'device.revoke';

export function peopleCommands(parts: PeopleCommandParts): Pick<Handlers, Kinds> {
  return {
    'user.add': (data, context) => addPerson(parts, data, context),
    'user.edit': (data, context) => editPerson(parts, data, context),
    'user.remove': (data, context) => removePerson(parts, data, context),
    'device.pair': (data, context) => pairDevice(parts, data, context),
    'device.edit': (data, context) => editDevice(parts, data, context),
    'device.revoke': (data, context) => revokeDevice(parts, data, context),
  };
}

function addPerson(
  parts: PeopleCommandParts,
  data: CommandData<'user.add'>,
  context: CommandContext,
): Carried {
  const { user, name, role } = data;
  if (parts.persons.get(user)) {
    return refuse('user_exists', `${user} works here already`, `人员“${user}”已存在`);
  }
  parts.persons.put({ user, name, role, pin: null, badge: null, ...secretsOf(parts, data) });
  return done(parts, 'person', { user, name, role, ...whatWasSet(data) }, context);
}

function editPerson(
  parts: PeopleCommandParts,
  data: CommandData<'user.edit'>,
  context: CommandContext,
): Carried {
  const known = parts.persons.get(data.user);
  if (!known) return unknownUser(data.user);
  const { user, name = known.name, role = known.role } = data;
  parts.persons.put({ ...known, name, role, ...secretsOf(parts, data) });
  return done(parts, 'person', { user, name, role, ...whatWasSet(data) }, context);
}

function removePerson(
  parts: PeopleCommandParts,
  { user }: CommandData<'user.remove'>,
  context: CommandContext,
): Carried {
  if (!parts.persons.get(user)) return unknownUser(user);
  parts.persons.remove(user);
  return done(parts, 'person', { user, removed: true }, context);
}

function pairDevice(
  parts: PeopleCommandParts,
  data: CommandData<'device.pair'>,
  context: CommandContext,
): Carried {
  const { device, name, station = null, tokenHash } = data;
  if (parts.devices.get(device)) {
    return refuse('device_exists', `${device} is paired already`, `设备“${device}”已配对`);
  }
  parts.devices.insert({ device, name, station, pairedAt: context.now }, tokenHash);
  return done(parts, 'device', { device, name, station }, context);
}

function editDevice(
  parts: PeopleCommandParts,
  data: CommandData<'device.edit'>,
  context: CommandContext,
): Carried {
  const known = pairedDevice(parts, data.device);
  if (!known) return unknownDevice(data.device);
  const { device, name = known.name, station = known.station } = data;
  parts.devices.rename(device, name, station);
  return done(parts, 'device', { device, name, station }, context);
}

function revokeDevice(
  parts: PeopleCommandParts,
  { device }: CommandData<'device.revoke'>,
  context: CommandContext,
): Carried {
  if (!pairedDevice(parts, device)) return unknownDevice(device);
  parts.devices.revoke(device, context.now);
  const carried = done(parts, 'device', { device, revoked: true }, context);
  return { ...carried, after: () => parts.revoked(device) };
}

function done(
  parts: PeopleCommandParts,
  kind: EntryKind,
  note: Readonly<Record<string, unknown>>,
  context: CommandContext,
): Extract<Carried, { ok: true }> {
  return { ok: true, seq: appendOfCommand(parts, { kind, note }, context) };
}

type Secrets = Readonly<
  Partial<Record<'pin' | 'badge' | 'pinKept' | 'badgeKept', string | undefined>>
>;

function secretsOf({ ports }: PeopleCommandParts, { pin, badge, pinKept, badgeKept }: Secrets) {
  const pinNow = pin === undefined ? pinKept : keepSecret(pin, ports);
  const badgeNow = badge === undefined ? badgeKept : keepSecret(badge, ports);
  return {
    ...(pinNow === undefined ? {} : { pin: pinNow }),
    ...(badgeNow === undefined ? {} : { badge: badgeNow }),
  };
}

function whatWasSet({ pin, badge, pinKept, badgeKept }: Secrets) {
  return {
    ...((pin ?? pinKept) === undefined ? {} : { pinSet: true }),
    ...((badge ?? badgeKept) === undefined ? {} : { badgeSet: true }),
  };
}

function pairedDevice({ devices }: PeopleCommandParts, device: string): Device | undefined {
  const known = devices.get(device);
  return known?.revokedAt === null ? known : undefined;
}

function unknownUser(user: string): Carried {
  return refuse('unknown_user', `nobody here is called ${user}`, `没有人员“${user}”`);
}

function unknownDevice(device: string): Carried {
  return refuse('unknown_device', `${device} is not paired`, `设备“${device}”未配对`);
}
