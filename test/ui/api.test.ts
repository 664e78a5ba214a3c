// What the tablet says to the box past its outbox.
import { expect, it } from 'vitest';
import { createApi } from '../../kitchen-ui/src/api.ts';

it('leaves the moment of a command to the box, whose clock is the right one', async () => {
  const sent: unknown[] = [];
  const api = createApi({
    fetch: async (_path, init) => {
      sent.push(JSON.parse(String(init?.body)));
      return Response.json({ results: [{ id: 'c1', status: 'applied' }] });
    },
    token: () => 'token',
    pass: () => '',
    actor: () => 'wang',
    language: () => 'en',
    newId: () => 'c1',
  });
  const body = { kind: 'order.approve', data: { order: 'PO-1' } };
  expect(await api.command(body)).toMatchObject({ status: 'applied' });
  expect(sent).toEqual([{ commands: [{ id: 'c1', actor: 'wang', ...body }] }]);
});
