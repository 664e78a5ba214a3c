/**
 * `node test/replay/write-jsonl.ts OUT [--days N]`: the pizza year as a file for
 * `larder pos replay`, one event per line; OUT `-` is standard output.
 */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { pizzaDataPresent } from './pizza-data.ts';
import { pizzaEvents } from './pizza-events.ts';

const USAGE = 'usage: node test/replay/write-jsonl.ts OUT [--days N]   (N whole, 1 or more)';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { days: { type: 'string' } },
});
const [out] = positionals;
const days = values.days === undefined ? undefined : Number(values.days);
if (out === undefined || (days !== undefined && !(Number.isInteger(days) && days > 0))) {
  console.error(USAGE);
  process.exit(2);
}
if (!pizzaDataPresent()) process.exit(1);

const counts = { sales: 0, closes: 0 };
await pipeline(Readable.from(jsonLines()), out === '-' ? process.stdout : createWriteStream(out));
console.error(`${counts.sales} sales, ${counts.closes} day closes`);

async function* jsonLines(): AsyncGenerator<string> {
  for await (const event of pizzaEvents(days === undefined ? {} : { days })) {
    if (event.type === 'larder.pos.sale.v1') counts.sales += 1;
    else counts.closes += 1;
    yield `${JSON.stringify(event)}\n`;
  }
}
