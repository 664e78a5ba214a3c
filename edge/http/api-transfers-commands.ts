/** Examples of the commands about goods between stores and outside work. */

/** By kind. */
export const TRANSFER_COMMAND_EXAMPLES = {
  'transfer.send': {
    to: 's2',
    lines: [{ item: 'pork-belly', qty: '4 kg' }, { lot: '20261122-1180-1' }],
    requisition: 'RQ-s2-20261122-001',
  },
  'transfer.receive': {
    transfer: 'TR-ck1-20261123-001',
    lines: [
      { item: 'pork-belly', qty: '3.6 kg', problem: 'short' },
      { item: 'braising-sauce', qty: '9.4 kg' },
    ],
  },
  'requisition.send': {
    to: 'ck1',
    deliverOn: '2026-11-23',
    lines: [{ item: 'braising-sauce', qty: '10 kg' }],
  },
  'requisition.answer': {
    requisition: 'RQ-s2-20261122-001',
    state: 'declined',
    note: 'the kettle is broken',
  },
  'outsource.send': {
    processor: 'Lin tofu',
    lines: [{ item: 'soybeans', qty: '20 kg' }],
  },
  'outsource.receive': {
    job: 'OS-s1-20261122-001',
    lines: [{ item: 'tofu', qty: '45 kg', lot: 'LT-22' }],
    fee: '90.00',
    close: true,
  },
} as const;
