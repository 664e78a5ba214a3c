/** Which data folder is meant, and the box that runs on it. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Lang } from '#recipes/words/words.ts';
import { type Config, loadConfig } from '../config.ts';
import { readSecrets, type Secrets } from '../secrets.ts';
import { Stop } from './fail.ts';

/** Where the caller stands, and what is set there. */
export type Surroundings = {
  /** The caller's folder. */
  readonly here: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--data` */
  readonly data?: string | undefined;
  /** In which the box is to answer. */
  readonly lang: Lang;
};

const runningSchema = z.object({
  pid: z.number(),
  httpUrl: z.string(),
  mqttHost: z.string(),
  mqttPort: z.number(),
  store: z.string(),
});
export type Running = z.infer<typeof runningSchema>;

/** A box that runs, with what it takes to talk to it. */
export type RunningBox = Running & {
  readonly data: string;
  readonly secrets: Secrets;
  readonly lang: Lang;
};

/** The box that runs. @throws Stop `no_box`, with how to start one */
export function runningBox(around: Surroundings): RunningBox {
  const folders = dataFolders(around);
  for (const data of folders) {
    const running = readRunning(data);
    if (!running) continue;
    const secrets = readSecrets(join(data, 'secrets.json'));
    return { ...running, data, secrets, lang: around.lang };
  }
  throw noBox(folders);
}

/** What to say when no box runs there. */
export function noBox(folders: readonly string[]): Stop {
  const where = folders.join(', ');
  return new Stop(
    'no_box',
    { en: `no box runs (looked in ${where})`, zh: `没有正在运行的主机(已查找 ${where})` },
    {
      remedy: {
        en: 'start it with: npm start   or with sample data: npm run demo   (another folder: LARDER_DATA)',
        zh: '请先启动:npm start,或使用演示数据:npm run demo(其他目录请设 LARDER_DATA)',
      },
    },
  );
}

/** The folder whose database is meant, whether its box runs or not. @throws Stop `no_database` */
export function databaseFolder(around: Surroundings): string {
  const folders = dataFolders(around);
  const found =
    folders.find((data) => readRunning(data)) ??
    folders.find((data) => existsSync(join(data, 'larder.db')));
  if (found !== undefined) return found;
  const where = folders.join(', ');
  throw new Stop(
    'no_database',
    { en: `there is no larder.db in ${where}`, zh: `${where} 中没有 larder.db` },
    {
      remedy: {
        en: 'start the box once (npm start), or set LARDER_DATA to its data folder',
        zh: '请先启动一次主机(npm start),或将 LARDER_DATA 设为其数据目录',
      },
    },
  );
}

/** The folders that may be meant, the first first. */
export function dataFolders(around: Surroundings): string[] {
  const { config, from } = readConfig(around);
  const first = resolve(around.here, config.data);
  return from['data'] === 'default' ? [first, resolve(around.here, '.demo')] : [first];
}

/** @throws Stop `bad_config` with every mistake */
export function readConfig(around: Surroundings): {
  readonly config: Config;
  readonly from: Readonly<Record<string, string>>;
} {
  const file = join(around.here, 'larder.yaml');
  const loaded = loadConfig({
    flags: { data: around.data },
    env: around.env,
    ...(existsSync(file) ? { file: readFileSync(file, 'utf8') } : {}),
  });
  if (loaded.ok) return loaded;
  const text = loaded.problems.join('\n  ');
  throw new Stop(
    'bad_config',
    { en: `the configuration is wrong:\n  ${text}`, zh: `配置有误:\n  ${text}` },
    { exit: 2 },
  );
}

/** What the running box of a folder left about itself; undefined when none runs there. */
export function readRunning(data: string): Running | undefined {
  try {
    const running = runningSchema.parse(
      JSON.parse(readFileSync(join(data, 'running.json'), 'utf8')),
    );
    return isAlive(running.pid) ? running : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM';
  }
}
