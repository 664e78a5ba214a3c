/** An event as it travels: the envelope with the data that belong to its type, or the short form. */
import { z } from 'zod';
import {
  dataSchemas,
  type EventType,
  envelopeSchema,
  shortSaleSchema,
} from '#recipes/contracts/pos-event.ts';

/** One schema for each event type, so that a reader sees which data belong to which. */
export const eventSchemas = Object.fromEntries(
  (Object.keys(dataSchemas) as EventType[]).map((type) => [
    type,
    envelopeSchema
      .extend({ type: z.literal(type), data: dataSchemas[type] })
      .meta({ id: `Event.${shortName(type)}`, title: type }),
  ]),
);

export const posEventSchema = z
  .union([...Object.values(eventSchemas), shortSaleSchema])
  .meta({ id: 'PosEvent', description: 'CloudEvents 1.0 in JSON, or the short form of a sale' });

/** `larder.pos.sale.v1` is `sale`. */
export function shortName(type: string): string {
  return type.split('.')[2] ?? type;
}
