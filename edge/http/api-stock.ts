/** What the box answers about stock and the menu, as schemas. */
import { z } from 'zod';
import {
  amountText as amount,
  utcInstant as instant,
  namesSchema,
  stateSchema,
  unitSchema,
} from './api-answers.ts';

const text = z.string();
const count = z.int().min(0);
const search = text.meta({
  description: 'pinyin without tones and first letters, in lower case: "wuhuarou whr"',
});

const lotSchema = z
  .strictObject({
    id: count,
    lot: text,
    onHand: amount,
    receivedAt: instant.nullable(),
    expiresAt: instant.nullable(),
    opened: z.boolean(),
  })
  .meta({ id: 'StockLot' });

export const stockItemSchema = z
  .strictObject({
    item: text,
    name: namesSchema,
    search,
    category: text.nullable(),
    onHand: amount,
    unit: unitSchema,
    state: stateSchema,
    safety: amount,
    station: text.nullable(),
    made: z.boolean().meta({ description: 'made here in batches' }),
    allergens: z.array(text),
    barcodes: z.array(text).meta({ description: 'of the book, and those that people taught' }),
    barcodeUnits: z
      .record(text, text)
      .meta({ description: 'what one scan of a barcode is: "pack"' }),
    units: z.array(text).meta({ description: 'units in which people say amounts of it' }),
    maxTemperature: text.nullable().meta({ description: '°C at the door; null = not measured' }),
    lots: z.array(lotSchema),
    value: text.nullable().meta({ description: 'in the currency of the book; null = not known' }),
    unitCost: text.nullable().meta({ description: 'money per base unit; null = not known' }),
    until: instant.nullable().meta({ description: "when it runs out at today's pace" }),
  })
  .meta({ id: 'StockItem' });

export const stockSchema = z
  .strictObject({ items: z.array(stockItemSchema), seq: count })
  .meta({ id: 'Stock' });

export const menuAnswerSchema = z
  .strictObject({
    dishes: z.array(
      z.strictObject({
        sku: text,
        recipe: text,
        name: namesSchema,
        search,
        sellable: count.nullable().meta({ description: 'whole portions; null = takes nothing' }),
        state: stateSchema,
        blocking: text.nullable().meta({ description: 'the item that runs out first' }),
        until: instant.nullable(),
      }),
    ),
  })
  .meta({ id: 'MenuLeft' });
