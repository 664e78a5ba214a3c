/** The program `npm run hq` runs: configuration, head office, signals. */
import { resolve } from 'node:path';
import { Fault } from '../../edge/runtime/fault.ts';
import { openLog } from '../../edge/runtime/log.ts';
import { realPorts } from '../../edge/runtime/ports.ts';
import { loadHqConfig } from './config.ts';
import { setUpShards } from './db/shard-setup.ts';
import { type Hq, migrationsFolder, startHq } from './start.ts';

const here = process.env['LARDER_CWD'] ?? process.cwd();
const loaded = loadHqConfig(process.env);
if (!loaded.ok) {
  process.stderr.write(`head office cannot start / 总部无法启动:\n${loaded.problems.join('\n')}\n`);
  process.exit(2);
}
const config = { ...loaded.config, data: resolve(here, loaded.config.data) };
const log = openLog(config.logLevel);

function exit(why: string, cause: unknown): never {
  log.fatal({ err: cause }, why);
  process.exit(70);
}
/** `npm run hq -- shards`: makes the servers of LARDER_HQ_SHARDS one, and ends. */
async function shards(): Promise<never> {
  const { databaseUrl: url, shards: all } = config;
  if (all.length === 0) {
    process.stderr.write('LARDER_HQ_SHARDS names no shards / LARDER_HQ_SHARDS 未列出任何分片\n');
    process.exit(2);
  }
  await setUpShards({ url, shards: all, migrations: migrationsFolder(), log });
  process.exit(0);
}

/** Said at the first start only. */
function firstWords({ url, adminToken }: Hq, data: string): string {
  return [
    '',
    'Head office runs for the first time. Open its board in a browser (said only once; the token is in',
    `${data}/secrets.json). Make a store known under Access, stores: its token goes into LARDER_HQ_TOKEN of its box.`,
    '总部首次启动。请在浏览器中打开看板(仅显示一次;令牌保存在 secrets.json)。在“权限、门店”中登记门店,',
    '得到的令牌填入该店主机的 LARDER_HQ_TOKEN。',
    '',
    // Every address of this machine is no address for a browser.
    `  ${url.replace('//0.0.0.0:', '//127.0.0.1:')}/#token=${adminToken}`,
    '',
    '',
  ].join('\n');
}

process.on('uncaughtException', (error) => exit('a bug', error));
process.on('unhandledRejection', (error) => exit('a bug', error));

try {
  if (process.argv[2] === 'shards') await shards();
  const hq = await startHq(config, realPorts(), log);
  if (hq.fresh) {
    // Beside the log, which never holds a secret.
    process.stderr.write(firstWords(hq, config.data));
  }
  const stop = (signal: string): void => {
    log.info({ signal }, 'stopping');
    hq.stop().then(
      () => process.exit(0),
      (error: unknown) => exit('could not stop cleanly', error),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  log.fatal({ code: error.code, err: error.cause }, error.message);
  process.exit(1);
}
