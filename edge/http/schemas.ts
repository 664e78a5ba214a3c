/** The wire schemas as JSON Schema, made from the one place where they are written. */
import { z } from 'zod';
import { bookSchema } from '#recipes/contracts/book.ts';
import { commandSchema, commandSchemas, commandsSchema } from '#recipes/contracts/command.ts';
import {
  dayCloseSchema,
  envelopeSchema,
  menuSchema,
  refundSchema,
  saleSchema,
  shortSaleSchema,
  snapshotSchema,
  voidSchema,
} from '#recipes/contracts/pos-event.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The recipe book, for editors and importers. */
export function bookJsonSchema(): JsonSchema {
  return published('book', bookSchema);
}

/** Every published schema by the name it has under `/api/schemas/`. */
export function contractSchemas(): Readonly<Record<string, JsonSchema>> {
  known ??= Object.fromEntries(
    Object.entries(PUBLISHED).map(([name, schema]) => [name, published(name, schema)]),
  );
  return known;
}

/**
 * Schemas as the components of a document: each that carries an id stands once under its id, and the
 * others name it.
 */
export class Components {
  readonly schemas: Record<string, JsonSchema> = {};

  /** The schema, or a reference to it when it has an id; what it names is added. */
  ref(schema: z.ZodType): JsonSchema {
    const { $schema: _, $defs, ...own } = z.toJSONSchema(schema, { io: 'input' });
    for (const [id, definition] of Object.entries($defs ?? {})) {
      this.schemas[id] ??= moved(definition);
    }
    return moved(own);
  }
}

const PUBLISHED: Readonly<Record<string, z.ZodType>> = {
  book: bookSchema,
  envelope: envelopeSchema,
  'short-sale': shortSaleSchema,
  sale: saleSchema,
  void: voidSchema,
  refund: refundSchema,
  snapshot: snapshotSchema,
  dayclose: dayCloseSchema,
  menu: menuSchema,
  command: commandSchema,
  commands: commandsSchema,
  ...Object.fromEntries(
    Object.entries(commandSchemas).map(([kind, schema]) => [`command/${kind}`, schema]),
  ),
};

let known: Readonly<Record<string, JsonSchema>> | undefined;

function published(name: string, schema: z.ZodType): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return { $schema, $id: `/api/schemas/${name}.json`, ...rest };
}

/** zod writes references into `$defs`; a document has them under `components`. */
function moved(value: object): JsonSchema {
  const text = JSON.stringify(value, (key, inner: unknown) =>
    key === '$ref' && typeof inner === 'string'
      ? inner.replace(/^#\/\$defs\//, '#/components/schemas/')
      : inner,
  );
  return JSON.parse(text) as JsonSchema;
}
