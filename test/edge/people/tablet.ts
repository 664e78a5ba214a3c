/** A paired tablet for tests: its token, its calls, its manager's pass. */
import type { Command, CommandResult } from '#recipes/contracts/command.ts';
import type { TestBox } from '../../support/start-box.ts';

export type Tablet = {
  readonly device: string;
  readonly token: string;
  call(method: string, path: string, body?: unknown, headers?: Headers): Promise<Response>;
  /** Sends one command, with a manager's pass if one is given. */
  command(command: Partial<Command>, pass?: string, query?: string): Promise<CommandResult>;
  /** A pass for a PIN or badge. */
  pass(proof: object): Promise<{ status: number; pass: string; code?: string }>;
};

type Headers = Readonly<Record<string, string>>;

/** The code of a new pairing. */
export async function pairingCode(
  box: TestBox,
  name = '冷菜台',
  station = 'cold',
): Promise<string> {
  return (await box.api<{ code: string }>('POST', '/pairings', { name, station })).code;
}

/** Redeems a code as a tablet does: without a token. */
export function redeem(box: TestBox, code: string): Promise<Response> {
  return fetch(`${box.url}/api/v1/pair`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
}

let commands = 0;

export async function pairTablet(box: TestBox, name?: string): Promise<Tablet> {
  const answer = await redeem(box, await pairingCode(box, name));
  const { token, device } = (await answer.json()) as { token: string; device: string };
  const call: Tablet['call'] = (method, path, body, headers = {}) =>
    fetch(`${box.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    device,
    token,
    call,
    async command(command, pass, query = '') {
      const full = { id: `${device}:${++commands}`, ...command };
      const headers: Headers = pass === undefined ? {} : { 'larder-pass': pass };
      const said = await call('POST', `/commands${query}`, { commands: [full] }, headers);
      const { results } = (await said.json()) as { results: CommandResult[] };
      return results[0] as CommandResult;
    },
    async pass(proof) {
      const said = await call('POST', '/passes', proof);
      return { status: said.status, ...((await said.json()) as { pass: string; code?: string }) };
    },
  };
}

export const MANAGER = { user: 'wang', name: '王姐', role: 'manager', pin: '73519264' };
export const COOK = { user: 'chen', name: '小陈', role: 'cook', pin: '4711' };
