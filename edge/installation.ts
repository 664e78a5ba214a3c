/** Where this installation keeps its files: beside the bundle, or in the source tree. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Installation = {
  readonly migrations: string;
  readonly pages: string;
  readonly samples: string;
};

/** Programs that run beside the box, each in its own process. */
export type Program = 'uplink' | 'hq';

/** The file that Node runs for a program: its bundle beside this one, or its source. */
export function programFile(program: Program): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const bundle = join(here, `${program}.js`);
  return existsSync(bundle) ? bundle : join(here, '..', 'cloud-bridge', program, 'main.ts');
}

/** Written in by the build; the source reads it from the package. */
declare const __LARDER_VERSION__: string | undefined;

/** Of this program, as "0.1.0". */
export function programVersion(): string {
  if (typeof __LARDER_VERSION__ === 'string') return __LARDER_VERSION__;
  const file = join(dirname(fileURLToPath(import.meta.url)), '..', 'package.json');
  return String((JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown }).version);
}

/** Beside the bundle, or in the source tree. */
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
