import type { Answers } from '../keep/answers.ts';
import { useHouse } from '../state/context.ts';
import type { Session, Sessions } from './session.ts';

const KEPT_AS = 'count-walks';

/** The walks of this tablet. Every step is kept: a pause, a reload, a flat battery lose nothing. */
export class Walks {
  all = $state.raw<Sessions>({});
  /** What was kept has been read; before that nothing may be begun. */
  ready = $state(false);
  readonly #answers: Answers;

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  async recall(): Promise<void> {
    const kept = await this.#answers.get<Sessions>(KEPT_AS);
    this.all = { ...kept?.value, ...this.all };
    this.ready = true;
  }

  put(key: string, walk: Session): void {
    this.all = { ...this.all, [key]: walk };
    void this.#answers.put(KEPT_AS, walk.startedAt, this.all);
  }

  /** It is done: the next walk along this shelf begins anew. */
  end(key: string): void {
    const { [key]: _, ...rest } = this.all;
    this.all = rest;
    void this.#answers.put(KEPT_AS, 0, rest);
  }
}

export function useWalks(): Walks {
  const { answers } = useHouse();
  const walks = new Walks(answers);
  $effect(() => void walks.recall());
  return walks;
}
