/** Where the reader is: `#/count/c-7?shelf=2` is the screen `count`, with `c-7` and `shelf` = 2. */
export class Place {
  screen = $state('board');
  /** What stands behind the name of the screen. */
  rest = $state.raw<readonly string[]>([]);
  query = $state.raw<URLSearchParams>(new URLSearchParams());
  readonly #location: Pick<Location, 'hash' | 'replace'>;
  readonly #home: string;

  /** @param home the screen of an address that names none */
  constructor(location: Pick<Location, 'hash' | 'replace'>, home = 'board') {
    this.#location = location;
    this.#home = home;
    this.read();
  }

  /** The address has changed. */
  read(): void {
    const [path = '', query = ''] = this.#location.hash.replace(/^#\/?/, '').split('?');
    const [screen = '', ...rest] = path.split('/').map(decoded);
    this.screen = screen === '' ? this.#home : screen;
    this.rest = rest;
    this.query = new URLSearchParams(query);
  }

  /** Goes to a screen: `go('count')`, `go('count/c-7')`. The back button of the browser comes back. */
  go(path: string): void {
    this.#location.hash = `#/${path}`;
    this.read();
  }

  /** The same page with another filter: the back button does not walk through every letter typed. */
  swap(path: string): void {
    this.#location.replace(`#/${path}`);
    this.read();
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
