/** Who works in the sample restaurant, and what is on its way there: so that no screen of the demo is empty. */
import type { SampleCommand } from '../setup/sample.ts';

/** The PIN of the demo's manager. */
export const DEMO_PIN = '1234';

/** Commands of a new demo, after its book and opening stock. */
export function shopCommands(): SampleCommand[] {
  return [
    person('chen', '小陈 Chen', 'cook'),
    person('zhang', '张师傅 Zhang', 'cook'),
    person('li', '李经理 Li', 'manager', DEMO_PIN),
    ...order('PO-014', 'jinluo', [
      { item: 'pork-belly', qty: '4 pack' },
      { item: 'chicken-thigh', qty: '3 pack' },
    ]),
    { id: 'demo:set-up', kind: 'setting.set', data: { key: 'setupDone', value: 'yes' } },
  ];
}

function person(user: string, name: string, role: string, pin?: string): SampleCommand {
  const data = { user, name, role, ...(pin === undefined ? {} : { pin }) };
  return { id: `demo:user:${user}`, kind: 'user.add', data };
}

function order(
  id: string,
  supplier: string,
  lines: readonly { readonly item: string; readonly qty: string }[],
): SampleCommand[] {
  return [
    { id: `demo:order:${id}`, kind: 'order.create', data: { order: id, supplier, lines } },
    { id: `demo:sent:${id}`, kind: 'order.send', data: { order: id } },
  ];
}
