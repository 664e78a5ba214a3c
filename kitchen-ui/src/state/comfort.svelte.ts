/** What a hand feels and hears, and how large things are: this device's own, kept between visits. */
export type ComfortPorts = {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** How a device is told to shake; absent where it cannot. */
  readonly vibrate: ((ms: number) => void) | null;
  /** One short tick. */
  readonly tick: () => void;
  /** Scales the whole page: 1, or 1.25 for small tablets. */
  readonly scale: (factor: number) => void;
};

export class Comfort {
  large = $state(false);
  sound = $state(true);
  vibration = $state(true);
  readonly #ports: ComfortPorts;

  constructor(ports: ComfortPorts) {
    this.#ports = ports;
    this.large = ports.storage.getItem(KEY.large) === 'on';
    this.sound = ports.storage.getItem(KEY.sound) !== 'off';
    this.vibration = ports.storage.getItem(KEY.vibration) !== 'off';
    if (this.large) ports.scale(LARGE);
  }

  /** Whether this device can shake at all. */
  get canVibrate(): boolean {
    return this.#ports.vibrate !== null;
  }

  set(what: ComfortKey, on: boolean): void {
    this[what] = on;
    this.#ports.storage.setItem(KEY[what], on ? 'on' : 'off');
    if (what === 'large') this.#ports.scale(on ? LARGE : 1);
    else if (on) this.tapped();
  }

  /** Somebody pressed something, and it counted. */
  tapped(): void {
    if (this.vibration) this.#ports.vibrate?.(SHAKE_MS);
    if (this.sound) this.#ports.tick();
  }
}

export type ComfortKey = 'large' | 'sound' | 'vibration';

const KEY: Readonly<Record<ComfortKey, string>> = {
  large: 'larder.large',
  sound: 'larder.sound',
  vibration: 'larder.vibration',
};
const LARGE = 1.25;
const SHAKE_MS = 15;
