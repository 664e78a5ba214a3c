/** Who works here and which tablets are theirs. Roles in depth come later; this is the seam. */
import { z } from 'zod';
import { idSchema } from './pos-event.ts';

export const ROLES = ['cook', 'manager'] as const;
export type Role = (typeof ROLES)[number];

const nameSchema = z.string().min(1).max(64);
const pinSchema = z.string().regex(/^\d{4,8}$/, 'a PIN is 4 to 8 digits');
const badgeSchema = z.string().min(6).max(128);

/** As head office keeps it and sends it down: its digits never travel. */
const keptSchema = z
  .string()
  .regex(/^scrypt14\$[\w-]{22}\$[\w-]{43}$/)
  .meta({
    description:
      'instead of pin or badge: scrypt14$salt$hash, as another box or head office keeps it',
  });

const addSchema = z.strictObject({
  user: idSchema,
  name: nameSchema,
  role: z.enum(ROLES),
  pin: pinSchema.optional(),
  badge: badgeSchema.optional(),
  pinKept: keptSchema.optional(),
  badgeKept: keptSchema.optional(),
});

const editSchema = z.strictObject({
  user: idSchema,
  name: nameSchema.optional(),
  role: z.enum(ROLES).optional(),
  pin: pinSchema.optional(),
  badge: badgeSchema.optional(),
  pinKept: keptSchema.optional(),
  badgeKept: keptSchema.optional(),
});

const removeSchema = z.strictObject({ user: idSchema });

const pairSchema = z.strictObject({
  device: idSchema,
  name: nameSchema,
  station: z.string().max(64).optional(),
  tokenHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'the SHA-256 of the token, hex')
    .meta({ description: 'SHA-256 of the token the tablet will send, hex' }),
});

const deviceSchema = z.strictObject({
  device: idSchema,
  name: nameSchema.optional(),
  station: z.string().max(64).optional(),
});
const revokeSchema = z.strictObject({ device: idSchema });

/**
 * Command kind -> schema of its data. A tablet is paired by `POST /pair`, which makes its token and
 * sends `device.pair`; a script may send one for a token it has made itself.
 */
export const peopleCommandSchemas = {
  'user.add': addSchema,
  'user.edit': editSchema,
  'user.remove': removeSchema,
  'device.pair': pairSchema,
  'device.edit': deviceSchema,
  'device.revoke': revokeSchema,
} as const;
