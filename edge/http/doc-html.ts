/** The few words of HTML that the readable page is written in. Text is always escaped here. */

/** HTML that may be put together as it is. */
export type Html = { readonly html: string };

/** A piece of HTML: what is put in is escaped, unless it is HTML itself. */
export function html(strings: TemplateStringsArray, ...values: readonly Inside[]): Html {
  return { html: String.raw({ raw: strings }, ...values.map(textOf)) };
}

export type Inside = string | number | undefined | Html | readonly Inside[];

/** A block of code to copy. */
export function code(text: string, label = ''): Html {
  return html`<figure class="code">${label ? html`<figcaption>${label}</figcaption>` : ''}<pre><code>${text}</code></pre></figure>`;
}

const LINE_MAX = 92;

/** JSON as people write it: what fits on a line stays on it. */
export function json(value: unknown, indent = ''): string {
  const short = spaced(value);
  if (indent.length + short.length <= LINE_MAX || typeof value !== 'object' || value === null)
    return short;
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((one) => json(one, inner))
    : Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${json(one, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}

function spaced(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  const fields = Object.entries(value).map(
    ([key, one]) => `${JSON.stringify(key)}: ${spaced(one)}`,
  );
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** An HTML table of already escaped cells. */
export function table(heads: readonly string[], rows: readonly (readonly Inside[])[]): Html {
  return html`<div class="table"><table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}

function textOf(value: Inside): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return 'html' in value ? value.html : value.map(textOf).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
