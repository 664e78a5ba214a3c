import type { House } from '../state/context.ts';
import { useHouse } from '../state/context.ts';
import { type Live, useLive } from '../state/live.svelte.ts';
import type { AskedJob, Printer, PrinterUse, PrintJob, PrintWish } from './printer-types.ts';
import { isOpenJob } from './printer-words.ts';

const JOBS_READ = 60;
/** As long as a slip is on its way somebody stands there and looks. */
const LOOK_EVERY_MS = 2_000;

/** The print jobs, newest first, read again while one of them is on its way. */
export function useJobs(): Live<readonly PrintJob[]> {
  const { api } = useHouse();
  const live = useLive<readonly PrintJob[]>(
    '',
    async () => {
      const path = `/print/jobs?state=all&limit=${JOBS_READ}`;
      return (await api.get<{ jobs: PrintJob[] }>(path)).jobs;
    },
    (change) => change.entries === true || change.inbox === true,
  );
  $effect(() => {
    if (!(live.value ?? []).some(isOpenJob)) return;
    const timer = setInterval(() => void live.load(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  });
  return live;
}

/** The printers, with their states; kept for the days without the box. */
export function usePrinters(): Live<readonly Printer[]> {
  const { api } = useHouse();
  return useLive(
    'printers',
    () => readPrinters(api),
    (change) => change.entries === true || change.inbox === true,
  );
}

/** The printers of the box. */
export async function readPrinters(api: Pick<House['api'], 'get'>): Promise<readonly Printer[]> {
  return (await api.get<{ printers: Printer[] }>('/printers')).printers;
}

/** Asks the box to print; rejects with `Refused` or `Unreachable`. */
export async function askPrint(
  { api, session }: Pick<House, 'api' | 'session'>,
  wish: PrintWish,
): Promise<readonly AskedJob[]> {
  const body = { language: session.lang, ...wish };
  return (await api.post<{ jobs: AskedJob[] }>('/print', body)).jobs;
}

/** Whether a printer of the box takes this. */
export function hasPrinterFor(printers: readonly Printer[] | null, use: PrinterUse): boolean {
  return (printers ?? []).some(({ uses }) => uses.length === 0 || uses.includes(use));
}
