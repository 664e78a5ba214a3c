/** One worker for each printer as it is set up now. */
import type { Driver } from './driver.ts';
import type { Printer } from './printer.ts';
import { openWorker, type Worker, type WorkerParts } from './worker.ts';

export type CrewParts = Omit<WorkerParts, 'printer' | 'driver'> & {
  readonly driverOf: (printer: Printer) => Driver;
};

export function openCrew(parts: CrewParts) {
  const workers = new Map<string, Worker>();
  const leaving = new Set<Promise<void>>();

  function dismiss(name: string, worker: Worker): void {
    workers.delete(name);
    const left: Promise<void> = worker.stop().finally(() => leaving.delete(left));
    leaving.add(left);
  }

  return {
    get: (name: string) => workers.get(name),
    /** A printer that is set up in another way gets another worker. */
    follow(printers: readonly Printer[]): void {
      const wanted = new Map(printers.map((printer) => [printer.name, printer]));
      for (const [name, worker] of workers) {
        if (JSON.stringify(wanted.get(name)) !== JSON.stringify(worker.printer)) {
          dismiss(name, worker);
        }
      }
      for (const [name, printer] of wanted) {
        if (workers.has(name)) continue;
        workers.set(name, openWorker({ ...parts, printer, driver: parts.driverOf(printer) }));
      }
    },
    /** When all that were dismissed have put down their work. */
    gone: async () => void (await Promise.all(leaving)),
  };
}
