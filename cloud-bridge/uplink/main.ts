/**
 * The program `npm run bridge` runs, and the box beside itself: carries the ledger to head office and
 * what head office has back to the box. Keeps nothing, listens nowhere.
 */
import { openLog } from '../../edge/runtime/log.ts';
import { realPorts } from '../../edge/runtime/ports.ts';
import { openBoxClient } from './box-client.ts';
import { readConfig } from './config.ts';
import { openHqClient } from './hq-client.ts';
import { openCalls } from './http-call.ts';
import { runPump } from './pump.ts';

const read = readConfig(process.env, process.env['LARDER_CWD'] ?? process.cwd());
if (!read.ok) {
  process.stderr.write(`larder bridge cannot start / 无法启动:\n${read.problems.join('\n')}\n`);
  process.exit(2);
}
const { config } = read;
const log = openLog(config.logLevel).child({ part: 'bridge' });
const ports = realPorts();
const ending = new AbortController();

/** Everything here is asked again at the next start: there is nothing to finish. */
function end(why: string): void {
  log.info({ why }, 'the bridge ends');
  ending.abort();
  process.exit(0);
}
process.once('SIGINT', () => end('SIGINT'));
process.once('SIGTERM', () => end('SIGTERM'));
if (process.env['LARDER_BRIDGE_PARENT'] === 'stdin') {
  // The box that started us holds the other end: it closes however the box ends.
  process.stdin.on('end', () => end('the box is gone'));
  process.stdin.on('error', () => end('the box is gone'));
  process.stdin.resume();
}

// Its timers do not keep a process alive, and while it waits there may be nothing else.
new MessageChannel().port1.ref();

if (config.hqUrl === '') {
  log.warn('no head office: set LARDER_HQ_URL; the bridge rests');
} else {
  const { signal: stop } = ending;
  const box = openBoxClient(config, openCalls('box', ports, stop));
  const hq = openHqClient(config, openCalls('head office', ports, stop), ports.now);
  log.info({ hqUrl: new URL(config.hqUrl).origin }, 'the bridge starts');
  runPump({ config, box, hq, log, ports, stop }).catch((error: unknown) => {
    log.fatal({ err: error }, 'a bug');
    process.exit(70);
  });
}
