/** The bridge of a test's box, in this process: the same pump, quicker. */
import { openBoxClient } from '../../cloud-bridge/uplink/box-client.ts';
import { apiBase, PACE } from '../../cloud-bridge/uplink/config.ts';
import { openHqClient } from '../../cloud-bridge/uplink/hq-client.ts';
import { openCalls } from '../../cloud-bridge/uplink/http-call.ts';
import { runPump } from '../../cloud-bridge/uplink/pump.ts';
import { openLog } from '../../edge/runtime/log.ts';
import { realPorts } from '../../edge/runtime/ports.ts';
import type { TestBox } from '../support/start-box.ts';
import type { TestHq } from '../support/start-hq.ts';

/** Carries until `stop`. */
export function startBridge(box: TestBox, { hq }: TestHq): { stop(): Promise<void> } {
  const ending = new AbortController();
  const { signal: stop } = ending;
  const ports = realPorts();
  const config = {
    hqUrl: apiBase(hq.url),
    hqToken: hq.adminToken,
    data: box.data,
    boxUrl: box.url,
    boxToken: box.token,
    logLevel: 'silent' as const,
    pace: {
      ...PACE,
      baseMs: 20,
      maxMs: 200,
      slowMs: 200,
      boxMaxMs: 200,
      pollMs: 1_000,
      signMs: 100,
    },
  };
  const done = runPump({
    config,
    box: openBoxClient(config, openCalls('box', ports, stop)),
    hq: openHqClient(config, openCalls('head office', ports, stop), ports.now),
    log: openLog('silent'),
    ports,
    stop,
  });
  return {
    async stop() {
      ending.abort();
      await done;
    },
  };
}
