import type { DeliveryReceive } from '#recipes/contracts/kitchen-command.ts';
import type { Api } from '../api.ts';

/** What a changed price does to the dishes, as the box computes it. */
export type PriceEffect = {
  readonly item: string;
  /** Share: 0.05 = dearer by 5 %, against the last delivery. */
  readonly change: number;
  /** Money that one of the dish costs more; the recipe's id. */
  readonly dishes: readonly { readonly recipe: string; readonly more: string }[];
};

/** Asks the box, by a dry run, what the prices of a delivery would do. Silent without the box. */
export class Prices {
  effects = $state.raw<readonly PriceEffect[]>([]);
  readonly #api: Pick<Api, 'command'>;
  #asked = '';

  constructor(api: Pick<Api, 'command'>) {
    this.#api = api;
  }

  async ask(question: DeliveryReceive | null): Promise<void> {
    const text = JSON.stringify(question);
    if (text === this.#asked) return;
    this.#asked = text;
    if (question === null) {
      this.effects = [];
      return;
    }
    try {
      const body = { kind: 'delivery.receive', data: question };
      const result = await this.#api.command(body, { dryRun: true });
      if (this.#asked !== text) return;
      const data = result.data as { readonly prices?: readonly PriceEffect[] } | undefined;
      this.effects = data?.prices ?? [];
    } catch {
      // Without the box the price itself is still compared; only the dishes are not known.
      if (this.#asked === text) this.#asked = '';
    }
  }
}
