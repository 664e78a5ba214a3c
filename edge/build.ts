// Makes dist/: one bundle per program, the migrations, the tablet's pages. Run by `npm run build`
// and, when a source is newer than dist/.built, by the launcher. A bundle starts in a third of the
// time and memory of the same program run from its sources.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

type Program = { readonly name: string; readonly entry: string };

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const programs: readonly Program[] = [
  { name: 'edge', entry: 'edge/main.ts' },
  { name: 'larder', entry: 'edge/cli/main.ts' },
  { name: 'demo', entry: 'edge/demo/main.ts' },
  { name: 'uplink', entry: 'cloud-bridge/uplink/main.ts' },
  { name: 'hq', entry: 'cloud-bridge/hq/main.ts' },
];
/** In the names of files that a program loads late. */
const PART = '.part-';
/** For how long those of an earlier build stay. */
const PART_KEPT_MS = 24 * 3_600_000;

// Taken before anything is read: a source saved during the build is newer and builds again.
const startedAt = new Date();
mkdirSync(dist, { recursive: true });
for (const program of programs) await bundle(program);
copyMigrations('edge/db/migrations', 'migrations');
copyMigrations('cloud-bridge/hq/db/migrations', 'hq-migrations');
copySamples();
await buildPages('kitchen-ui', 'ui');
await buildPages('kitchen-ui/chain', 'chain');
writeFileSync(join(dist, '.built'), '');
utimesSync(join(dist, '.built'), startedAt, startedAt);

async function bundle({ name, entry }: Program): Promise<void> {
  const target = join(dist, `${name}.js`);
  if (!existsSync(join(root, entry))) {
    console.log(`${show(target)}: skipped, ${entry} does not exist`);
    return;
  }
  const result = await build({
    ...bundleOptions(),
    entryPoints: { [name]: entry },
    outdir: dist,
    // What is imported late lies in files of its own, beside the program: what is never drawn or sent
    // costs no memory.
    splitting: true,
    chunkNames: `${name}${PART}[hash]`,
  });
  // Written aside and renamed, the program after its parts: one that starts meanwhile reads the old one
  // or the new one.
  const files = result.outputFiles.toSorted(
    (a, b) => Number(isPart(b.path)) - Number(isPart(a.path)),
  );
  for (const file of files) replace(file.path, (path) => writeFileSync(path, file.contents));
  dropOldParts(name, new Set(files.map(({ path }) => path)));
  console.log(`${show(target)}: ${sizeOf(target)}`);
}

function isPart(path: string): boolean {
  return basename(path).includes(PART);
}

/** Parts of earlier builds stay for a day: a program that still runs may ask for them. */
function dropOldParts(name: string, fresh: ReadonlySet<string>): void {
  for (const file of readdirSync(dist)) {
    const path = join(dist, file);
    if (!file.startsWith(`${name}${PART}`) || fresh.has(path)) continue;
    if (statSync(path).mtimeMs < startedAt.getTime() - PART_KEPT_MS) rmSync(path);
  }
}

function bundleOptions(): BuildOptions & { write: false } {
  return {
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Their native parts, and the font, are files of their own, found beside the packages.
    external: ['better-sqlite3', '@resvg/resvg-js', '@embedpdf/fonts-sc'],
    minifySyntax: true,
    sourcemap: 'linked',
    legalComments: 'none',
    define: { __LARDER_VERSION__: JSON.stringify(version()) },
    // Some packages inside are CommonJS: they call `require` for Node's own modules and ask where they are.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url); const __dirname = import.meta.dirname;",
    },
    logLevel: 'warning',
  };
}

function copyMigrations(folder: string, name: string): void {
  const from = join(root, folder);
  const target = join(dist, name);
  if (!existsSync(from)) {
    console.log(`${show(target)}: skipped, ${folder} does not exist`);
    return;
  }
  replace(target, (path) => cpSync(from, path, { recursive: true }));
  console.log(`${show(target)}: ${sizeOf(target)}`);
}

/** The sample restaurant, which the demo opens: its documents only, its code is in the bundle. */
function copySamples(): void {
  const from = join(root, 'recipes/samples');
  const target = join(dist, 'samples');
  replace(target, (path) =>
    cpSync(from, path, {
      recursive: true,
      filter: (file) => file === from || file.endsWith('.yaml'),
    }),
  );
  console.log(`${show(target)}: ${sizeOf(target)}`);
}

async function buildPages(folder: string, name: string): Promise<void> {
  const target = join(dist, name);
  if (!existsSync(join(root, folder, 'index.html'))) {
    console.log(`${show(target)}: skipped, ${folder}/index.html does not exist`);
    return;
  }
  // Loaded late: most builds during work on the box do not reach it.
  const vite = await import('vite');
  const aside = `${target}.${process.pid}`;
  await vite.build({
    root: join(root, folder),
    build: { outDir: aside, emptyOutDir: true },
    logLevel: 'warn',
  });
  replace(target, (path) => renameSync(aside, path));
  console.log(`${show(target)}: ${sizeOf(target)}`);
}

/** Puts a new file or folder in the place of the old one in one step (folders: nearly one). */
function replace(target: string, write: (path: string) => void): void {
  const fresh = `${target}.new-${process.pid}`;
  write(fresh);
  if (statSync(fresh).isDirectory()) rmSync(target, { recursive: true, force: true });
  renameSync(fresh, target);
}

function sizeOf(path: string): string {
  const bytes = bytesOf(path);
  return bytes < 10_000 ? `${bytes} B` : `${Math.round(bytes / 1000)} kB`;
}

function bytesOf(path: string): number {
  const info = statSync(path);
  if (!info.isDirectory()) return info.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

function show(path: string): string {
  return relative(root, path);
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
    if (typeof manifest.version === 'string') return manifest.version;
  }
  throw new Error('package.json has no version: add "version": "X.Y.Z"');
}
