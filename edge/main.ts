/** The program `npm start` runs: configuration, the box, signals. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startBridge } from './bridge-process.ts';
import { loadConfig } from './config.ts';
import { installation } from './installation.ts';
import { runBox } from './run-box.ts';
import { Fault } from './runtime/fault.ts';
import { openLog } from './runtime/log.ts';
import { realPorts } from './runtime/ports.ts';
import { welcome } from './setup/welcome.ts';

const here = process.env['LARDER_CWD'] ?? process.cwd();
const file = join(here, 'larder.yaml');
const loaded = loadConfig({
  env: process.env,
  ...(existsSync(file) ? { file: readFileSync(file, 'utf8') } : {}),
});
if (!loaded.ok) {
  process.stderr.write(`larder cannot start / 无法启动:\n${loaded.problems.join('\n')}\n`);
  process.exit(2);
}
const config = { ...loaded.config, data: resolve(here, loaded.config.data) };
const log = openLog(config.logLevel);

/** Nothing after this may be acknowledged: end before any callback runs. */
function exit(why: string, cause: unknown): never {
  log.fatal({ err: cause }, why);
  process.exit(70);
}
process.on('uncaughtException', (error) => exit('a bug', error));
process.on('unhandledRejection', (error) => exit('a bug', error));

try {
  const ports = realPorts();
  const running = await runBox({ config, ports, log, exit, ...installation() });
  const box = () => {
    const { httpUrl: url, parts } = running.box();
    return { url, token: parts.secrets.credentials().adminToken };
  };
  const bridge = startBridge({ config, box, ports, log });
  const stop = (signal: string) => {
    log.info({ signal }, 'stopping');
    Promise.all([bridge.stop(), running.stop()]).then(
      () => process.exit(0),
      (error: unknown) => exit('could not stop cleanly', error),
    );
  };
  const { parts, httpPort } = running.box();
  if (parts.secrets.fresh) {
    const { adminToken } = parts.secrets.credentials();
    // Beside the log, which never holds a secret.
    process.stderr.write(welcome(config.httpHost, httpPort, adminToken));
  }
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  log.fatal({ code: error.code }, error.message);
  process.exit(1);
}
