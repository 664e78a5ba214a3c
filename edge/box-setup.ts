/** What the set-up page knows of the box, and what it can set off. */
import type { Doors } from './box-doors.ts';
import type { BoxParts } from './box-parts.ts';
import type { PosCredentials, PosSeen, SetupRouteParts } from './http/setup-routes.ts';
import type { Bus } from './pos/bus.ts';
import { publicStatus, STATUS } from './pos/event-status.ts';
import { topicsOf } from './pos/topics.ts';
import { hostForOthers, reachOf } from './setup/reach.ts';
import { draftName, type Prepared, prepareRestore } from './setup/restore.ts';
import { openingCommands, SAMPLE_BOOK } from './setup/sample.ts';
import { writeUpload } from './setup/upload.ts';

export type SetupWiring = {
  readonly parts: BoxParts;
  readonly doors: Pick<Doors, 'execute'>;
  readonly bus: () => Bus | undefined;
  readonly samples: string;
  readonly migrations: string;
  readonly restore: ((prepared: Prepared) => void) | undefined;
};

/** The set-up page's side of the API. */
export function setupParts(wiring: SetupWiring): SetupRouteParts {
  const { parts, restore } = wiring;
  const { config, devices, file, persons, ports, receiving } = parts;
  let uploading = false;
  return {
    facts() {
      const kitchen = receiving.knowledge.at(ports.now())?.kitchen;
      return {
        book: kitchen ? { items: kitchen.items.size, recipes: kitchen.recipes.size } : null,
        posSeen: lastSeen(parts),
        printers: parts.printing.queue.view().map(({ name }) => name),
        devices: devices.list().filter(({ revokedAt }) => revokedAt === null).length,
        people: persons.list().length,
        reach: reachOf(config.httpHost),
        done: isSetUp(parts),
      };
    },
    posCredentials: (asked) => credentialsOf(wiring, asked),
    stockSample: () => stockSample(wiring),
    isNew: () => acceptedEvents(parts) === 0,
    async upload(body) {
      if (uploading) return { kind: 'busy' };
      uploading = true;
      try {
        const draft = draftName(file);
        if (!(await writeUpload(body, draft))) return { kind: 'too_large' };
        const prepared = prepareRestore(draft, ports, wiring.migrations);
        return prepared.ok ? { kind: 'prepared', prepared } : { kind: 'bad', why: prepared.why };
      } finally {
        uploading = false;
      }
    },
    restore:
      restore &&
      ((prepared) => {
        // What waits beside the database is not to be written over.
        uploading = true;
        restore(prepared);
      }),
  };
}

/** Whether a person said that everything is set up. */
export function isSetUp({ settings }: Pick<BoxParts, 'settings'>): boolean {
  return settings.get('setupDone') === 'yes';
}

/** Events that a POS counts on: everything stored but what nobody understood. */
function acceptedEvents({ receiving: { events } }: BoxParts): number {
  return events.nextNumber() - 1 - (events.countByStatus().get(STATUS.quarantined) ?? 0);
}

const LOOK_BACK = 20;

function lastSeen({ receiving: { events, terminals } }: BoxParts): PosSeen | null {
  const understood = events
    .latest(LOOK_BACK)
    .find(({ status }) => status !== STATUS.quarantined && status !== STATUS.dismissed);
  if (!understood) return null;
  const { applied, held } = understood;
  return {
    terminal: terminals.name(understood.terminal),
    at: new Date(understood.receivedAt).toISOString(),
    event: understood.number,
    status: publicStatus(understood.status),
    lines: { applied, held },
  };
}

/** Of the first terminal. */
function credentialsOf({ parts, bus }: SetupWiring, asked: string | undefined): PosCredentials {
  const { config, secrets } = parts;
  const [terminal, account] = [...secrets.credentials().terminals][0] ?? [];
  if (terminal === undefined || !account) throw new Error('secrets.json names no terminal');
  const port = bus()?.address.port ?? config.mqttPort;
  return {
    url: config.mqttUrl || `mqtt://${hostForOthers(config.mqttHost, asked)}:${port}`,
    topic: topicsOf(config.store).event(terminal),
    ...account,
  };
}

/** Again after a start that broke off, only what is missing is done. */
function stockSample({ parts, doors, samples }: SetupWiring): boolean {
  const { commands, ports, receiving } = parts;
  if (receiving.knowledge.versions().length > 0 && !commands.find(SAMPLE_BOOK)) return false;
  for (const command of openingCommands(samples, ports.now())) {
    if (commands.find(command.id)) continue;
    const result = doors.execute({ actor: 'demo', ...command });
    if (result.status !== 'applied') {
      throw new Error(`the sample was refused: ${command.id}: ${result.message?.en}`);
    }
  }
  return true;
}
