/** JSON Schemas as tables of fields, each type a link to its own table. */
import { type Html, html, type Inside, table } from './doc-html.ts';
import type { Say } from './doc-words.ts';
import type { JsonSchema } from './schemas.ts';

/** The fields of one schema, or its kind when it has none. */
export function schemaView(schema: JsonSchema, say: Say): Html {
  const parts = partsOf(schema);
  const objects = parts.filter((part) => part['properties'] !== undefined);
  if (objects.length === 0) return html`<p>${typeOf(schema)}${said(schema)}</p>`;
  const views = objects.map((part) => fieldsView(part, say));
  const others = parts.filter((part) => part['properties'] === undefined);
  return html`${said(schema)}${others.length > 0 ? html`<p>${others.map((part, i) => [i > 0 ? say.or : '', typeOf(part)])}</p>` : ''}${views.map((view, i) => [i > 0 ? html`<p class="muted">${say.or}</p>` : '', view])}`;
}

function fieldsView(schema: JsonSchema, say: Say): Html {
  const required = new Set((schema['required'] as string[] | undefined) ?? []);
  const fields = Object.entries(schema['properties'] as Record<string, JsonSchema>);
  return table(
    [say.field, say.type, ''],
    fields.map(([name, field]) => [
      html`<code>${name}</code>`,
      typeOf(field),
      html`${required.has(name) ? html`<span class="badge">${say.required}</span> ` : ''}${(field['description'] as string | undefined) ?? ''}`,
    ]),
  );
}

function said(schema: JsonSchema): Inside {
  const text = schema['description'] as string | undefined;
  return text ? html`<p class="muted">${text}</p>` : '';
}

function partsOf(schema: JsonSchema): JsonSchema[] {
  const union = (schema['anyOf'] ?? schema['oneOf']) as JsonSchema[] | undefined;
  return union ? union.flatMap(partsOf) : [schema];
}

const TEXT_MAX = 60;

/** A type in a few words: "Id", "list of SoldLine", "text or number". */
export function typeOf(schema: JsonSchema): Inside {
  const ref = schema['$ref'] as string | undefined;
  if (ref) {
    const name = ref.slice(ref.lastIndexOf('/') + 1);
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  const union = partsOf(schema);
  if (union.length > 1) return union.map((part, i) => [i > 0 ? ' | ' : '', typeOf(part)]);
  if (schema['const'] !== undefined) return html`<code>${JSON.stringify(schema['const'])}</code>`;
  const values = schema['enum'] as unknown[] | undefined;
  if (values)
    return values.map((value, i) => [
      i > 0 ? ' | ' : '',
      html`<code>${JSON.stringify(value)}</code>`,
    ]);
  if (schema['type'] === 'array') {
    const items = schema['items'] as JsonSchema | undefined;
    return html`[ ${items ? typeOf(items) : 'any'}, … ]`;
  }
  if (schema['type'] === 'object') return html`{ ${innerOf(schema)} }`;
  const type = [schema['type'] ?? 'any'].flat().join(' | ');
  const form = (schema['format'] ?? schema['pattern']) as string | undefined;
  return form && form.length <= TEXT_MAX ? html`${type} <code>${form}</code>` : type;
}

function innerOf(schema: JsonSchema): Inside {
  const fields = Object.entries(
    (schema['properties'] as Record<string, JsonSchema> | undefined) ?? {},
  );
  if (fields.length === 0) return '…';
  const required = new Set((schema['required'] as string[] | undefined) ?? []);
  return fields.map(([name, field], i) => [
    i > 0 ? ', ' : '',
    html`<code>${name}${required.has(name) ? '' : '?'}</code> `,
    typeOf(field),
  ]);
}
