/** What the box answers about people, tablets and its first set-up, as schemas. */
import { z } from 'zod';
import { ROLES } from '#recipes/contracts/people-command.ts';
import { utcInstant as instant } from './api-answers.ts';

const text = z.string();
const count = z.int().min(0);
const role = z.enum(ROLES);

export const peopleSchema = z
  .strictObject({
    people: z.array(
      z
        .strictObject({ user: text, name: text, role, hasPin: z.boolean(), hasBadge: z.boolean() })
        .meta({ id: 'Person' }),
    ),
  })
  .meta({ id: 'People' });

export const passSchema = z
  .strictObject({
    pass: text.meta({ description: 'goes into the header Larder-Pass, on this tablet only' }),
    user: text,
    role,
    expiresAt: instant.meta({ description: 'two minutes after its last use' }),
  })
  .meta({ id: 'Pass' });

export const passEndedSchema = z
  .strictObject({ ended: z.boolean() })
  .meta({ id: 'PassEnded', description: 'false: there was none' });

export const devicesSchema = z
  .strictObject({
    devices: z.array(
      z
        .strictObject({
          device: text,
          name: text,
          station: text.nullable(),
          pairedAt: instant,
          revokedAt: instant.nullable(),
          lastSeenAt: instant.nullable().meta({ description: 'null: not since the box started' }),
        })
        .meta({ id: 'Device' }),
    ),
  })
  .meta({ id: 'Devices' });

export const pairingOfferSchema = z
  .strictObject({
    code: z.string().regex(/^[2-9A-HJ-NP-Z]{8}$/),
    url: text.meta({ description: 'to open on the tablet, or to show as a QR code' }),
    expiresAt: instant,
  })
  .meta({ id: 'PairingOffer' });

export const pairedSchema = z
  .strictObject({
    token: text.meta({ description: 'Bearer token of this tablet; said only here' }),
    device: text,
    name: text,
    station: text.nullable(),
  })
  .meta({ id: 'Paired' });

export const bookCountSchema = z.strictObject({ items: count, recipes: count }).nullable();

export const setupSchema = z
  .strictObject({
    language: z.enum(['zh', 'en']),
    book: bookCountSchema,
    posSeen: z
      .strictObject({
        terminal: text,
        at: instant,
        event: z.int().min(1).meta({ description: 'arrival number' }),
        status: text,
        lines: z.strictObject({ applied: count, held: count }),
      })
      .nullable()
      .meta({ description: 'the newest event of a terminal that was understood' }),
    posCredentials: z
      .strictObject({ url: text, topic: text, username: text, password: text })
      .nullable()
      .meta({ description: 'what to type into the POS; only for the admin token' }),
    printers: z.array(text),
    devices: count,
    people: count,
    reach: z.strictObject({
      host: text.meta({ description: 'what the box listens on' }),
      lan: z.array(text).meta({ description: "its addresses in the shop's network" }),
      loopbackOnly: z.boolean().meta({
        description: 'tablets cannot reach it: start it with LARDER_HTTP_HOST=0.0.0.0',
      }),
    }),
    done: z.boolean(),
  })
  .meta({ id: 'Setup' });

export const restoredSchema = z
  .strictObject({
    seq: count,
    events: count,
    incarnation: text.meta({ description: 'of the life that begins with the backup' }),
  })
  .meta({ id: 'Restored' });
