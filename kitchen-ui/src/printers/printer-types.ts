import type { Name } from '#recipes/words/words.ts';

/** What a printer says of itself; the box may learn new words. */
export type PrinterState =
  | 'ready'
  | 'paper_out'
  | 'paper_low'
  | 'cover_open'
  | 'offline'
  | 'unknown'
  | (string & {});

export type PrinterUse = 'order' | 'suggestion' | 'label' | 'slip';
export const PRINTER_USES: readonly PrinterUse[] = ['order', 'suggestion', 'label', 'slip'];

export type PrinterSetup = {
  /** `tcp://HOST:9100`, `file:/dev/usb/lp0`, `serial:/dev/ttyUSB0?baud=9600`, `virtual:NAME`. */
  readonly url: string;
  readonly columns: 48 | 32;
  readonly chinese: 'gb18030' | 'image';
  /** Empty = anything. */
  readonly uses: readonly PrinterUse[];
};

export type Printer = PrinterSetup & {
  readonly name: string;
  readonly state: PrinterState;
  readonly seenAt: string | null;
  readonly queued: number;
  /** The file that decides it: it cannot be changed here. */
  readonly locked?: string | null;
};

export type PrintJob = {
  readonly job: number | string;
  readonly printer: string;
  readonly kind: string;
  readonly title: string;
  readonly state: JobState;
  readonly attempts: number;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly error: Name | null;
  readonly actor: string | null;
  readonly reprintOf: number | string | null;
};

export type JobState =
  | 'queued'
  | 'printing'
  | 'printed'
  | 'failed'
  | 'unknown'
  | 'cancelled'
  | (string & {});

/** A job as `POST /print` answers it. */
export type AskedJob = Pick<PrintJob, 'job' | 'printer' | 'state'>;

export type PrintWish = {
  readonly what: 'suggestion' | 'order' | 'label' | 'waste' | 'transfer' | 'self-test';
  readonly for?: string;
  readonly order?: string;
  readonly transfer?: string;
  readonly item?: string;
  readonly lot?: string;
  readonly label?: 'prep' | 'expiry' | 'offcut';
  readonly day?: string;
  readonly printer?: string;
  readonly copies?: number;
  readonly language?: string;
};
