import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ServerEvent, serverEvents } from '../../kitchen-ui/src/sse.ts';

function read(...pieces: string[]): ServerEvent[] {
  const events: ServerEvent[] = [];
  const feed = serverEvents((event) => events.push(event));
  for (const piece of pieces) feed(piece);
  return events;
}

describe('serverEvents', () => {
  it('reads name, data and id', () => {
    expect(read('event: change\nid: 7\ndata: {"seq":7}\n\n')).toEqual([
      { event: 'change', data: '{"seq":7}', id: '7' },
    ]);
  });

  it('joins data lines, ignores comments, and keeps the last id', () => {
    expect(read(': hello\n\nid: 1\ndata: a\ndata: b\n\ndata:c\n\n')).toEqual([
      { event: 'message', data: 'a\nb', id: '1' },
      { event: 'message', data: 'c', id: '1' },
    ]);
  });

  it('sends nothing before the blank line, and nothing without data', () => {
    expect(read('event: change\n\n', 'data: x\n')).toEqual([]);
  });

  it('reads the same however the network cuts it, with any line end', () => {
    const stream = 'event: change\nid: 1\ndata: 一\n\n: ping\n\nid: 2\ndata: two\ndata: lines\n\n';
    const whole = read(stream);
    expect(whole).toHaveLength(2);
    fc.assert(
      fc.property(
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat({ max: stream.length * 2 }), { maxLength: 12 }),
        (lineEnd, cuts) => {
          // The last line end of a stream of lone carriage returns may still become a CRLF.
          const text = stream.replaceAll('\n', lineEnd) + (lineEnd === '\r' ? ':' : '');
          const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length].sort(
            (a, b) => a - b,
          );
          const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
          expect(read(...pieces)).toEqual(whole);
        },
      ),
    );
  });
});
