/** One server-sent event. `id` is the last one given, as the standard says. */
export type ServerEvent = { readonly event: string; readonly data: string; readonly id: string };

/**
 * Splits a server-sent-event stream into events, however the network cut it. `EventSource` would do
 * it, but it cannot send the token in a header.
 */
export function serverEvents(emit: (event: ServerEvent) => void): (text: string) => void {
  let rest = '';
  let id = '';
  let event = '';
  let data: string[] = [];

  function line(text: string): void {
    if (text === '') {
      dispatch();
      return;
    }
    const colon = text.indexOf(':');
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
    else if (field === 'id' && !value.includes('\0')) id = value;
  }

  function dispatch(): void {
    if (data.length > 0) emit({ event: event || 'message', data: data.join('\n'), id });
    event = '';
    data = [];
  }

  return (text) => {
    rest += text;
    // A carriage return at the very end may be half of a CRLF: it waits for the next piece.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const one of lines) line(one);
  };
}
