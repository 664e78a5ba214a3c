/** Where this installation keeps its files: beside the bundle, or in the source tree. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Installation = {
  readonly migrations: string;
  readonly pages: string;
  readonly samples: string;
};

export function installation(): Installation {
  const here = dirname(fileURLToPath(import.meta.url));
  const bundled = existsSync(join(here, 'migrations'));
  const dist = bundled ? here : join(here, '..', 'dist');
  return {
    migrations: bundled ? join(here, 'migrations') : join(here, 'db', 'migrations'),
    pages: join(dist, 'ui'),
    samples: bundled ? join(here, 'samples') : join(here, '..', 'recipes', 'samples'),
  };
}
