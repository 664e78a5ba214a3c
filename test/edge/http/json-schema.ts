/** Holds values to the JSON Schemas of a published document, as a client's tools would. */
import { z } from 'zod';

type Components = Readonly<Record<string, unknown>>;

/** @returns what is wrong with the value; empty when it fits */
export function misfits(components: Components, schema: unknown, value: unknown): string[] {
  const moved = (part: unknown): Record<string, unknown> =>
    JSON.parse(JSON.stringify(part).replaceAll('#/components/schemas/', '#/$defs/'));
  const whole = { ...moved(schema), $defs: moved(components) };
  const checked = z
    .fromJSONSchema(whole as Parameters<typeof z.fromJSONSchema>[0])
    .safeParse(value);
  return checked.success
    ? []
    : checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}

/** Every `$ref` in a document that leads nowhere. */
export function brokenReferences(document: object): string[] {
  const broken: string[] = [];
  JSON.stringify(document, (key, value: unknown) => {
    if (key === '$ref' && typeof value === 'string' && lookUp(document, value) === undefined) {
      broken.push(value);
    }
    return value;
  });
  return broken;
}

function lookUp(document: object, reference: string): unknown {
  let at: unknown = document;
  for (const part of reference.replace(/^#\//, '').split('/')) {
    at = (at as Record<string, unknown> | undefined)?.[part.replaceAll('~1', '/')];
  }
  return at;
}
