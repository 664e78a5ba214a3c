/** Routes about goods between stores. */
import { z } from 'zod';
import { type HqRoute, inPath, inQuery, limitUpTo } from './route.ts';
import {
  demandSchema,
  requisitionsSchema,
  transferSchema,
  transfersSchema,
} from './transfer-schemas.ts';

const PORK = { item: 'pork-belly', name: { zh: '五花肉', en: 'Pork belly' }, unit: 'g' };
const TRANSFER = {
  transfer: 'TR-ck1-20261123-001',
  from: 'ck1',
  to: 's2',
  state: 'disputed',
  requisition: 'RQ-s2-20261122-001',
  sentAt: '2026-11-23T05:10:00.000Z',
  receivedAt: '2026-11-23T06:02:00.000Z',
  note: null,
  cost: '128.00',
  lines: [
    {
      ...PORK,
      qty: '4000',
      lot: '20261122-1180-1',
      expiresAt: '2026-11-25T15:59:00.000Z',
      cost: '128.00',
      problem: null,
    },
  ],
  received: [
    {
      ...PORK,
      qty: '3600',
      lot: '20261122-1180-1',
      expiresAt: null,
      cost: '115.20',
      problem: 'short',
    },
  ],
  differences: [{ ...PORK, qty: '-400' }],
  settled: null,
};
const transfer = inPath('transfer', 'number of a transfer', '调拨单号', TRANSFER.transfer);
const store = inQuery('store', 'only of this store, whichever side', '仅此门店(任一方)');
const cursor = inQuery('cursor', '`next` of the page before', '上一页的 next');
const on = inQuery('on', 'only for this day of delivery', '仅此送货日', { example: '2026-11-23' });

export const TRANSFER_ROWS: readonly HqRoute[] = [
  {
    method: 'get',
    path: '/hq/v1/transfers',
    tag: 'transfers',
    auth: 'wall',
    summary: {
      en: 'Goods between stores, the newest change first, and what is on its way',
      zh: '门店之间的调拨(最近变动在前)与在途量',
    },
    detail: {
      en: 'What the ledgers have in transit and what the open transfers say are two ways to one number.',
      zh: '账本中的在途量与未收货的调拨单应当一致。',
    },
    parameters: [
      inQuery('state', 'all, or states with commas between them', 'all,或以逗号分隔的状态', {
        example: 'in_transit,disputed',
      }),
      store,
      cursor,
      limitUpTo(1_000, 200),
    ],
    answer: {
      status: 200,
      schema: transfersSchema,
      example: {
        transfers: [TRANSFER],
        next: null,
        inTransit: [{ ...PORK, ledger: '4000', open: '4000' }],
      },
    },
    problems: ['bad_state', 'bad_cursor'],
  },
  {
    method: 'get',
    path: '/hq/v1/transfers/{transfer}',
    tag: 'transfers',
    auth: 'wall',
    summary: { en: 'One transfer', zh: '单个调拨' },
    parameters: [transfer],
    answer: { status: 200, schema: transferSchema, example: TRANSFER },
    problems: ['unknown_transfer'],
  },
  {
    method: 'post',
    path: '/hq/v1/transfers/{transfer}/settle',
    tag: 'transfers',
    auth: 'admin',
    summary: {
      en: 'A person has looked at what differs: the transfer counts as received',
      zh: '差异已由人核实:该调拨视为已收货',
    },
    detail: {
      en: 'The ledgers stay as they are: what is missing was booked where it was received.',
      zh: '账本不变:差额已在收货门店入账。',
    },
    parameters: [transfer],
    request: {
      schema: z.object({ note: z.string().max(400).optional() }),
      example: { note: 'the driver had it' },
    },
    answer: {
      status: 200,
      schema: transferSchema,
      example: {
        ...TRANSFER,
        state: 'received',
        settled: { by: 'admin', at: '2026-11-23T08:00:00.000Z', note: 'the driver had it' },
      },
    },
    problems: ['unknown_transfer', 'not_disputed'],
  },
  {
    method: 'get',
    path: '/hq/v1/requisitions',
    tag: 'transfers',
    auth: 'read',
    summary: {
      en: 'What stores ask of the central kitchen, the newest first',
      zh: '门店向中央厨房的要货(最近在前)',
    },
    parameters: [store, on, cursor, limitUpTo(1_000, 200)],
    answer: {
      status: 200,
      schema: requisitionsSchema,
      example: {
        requisitions: [
          {
            requisition: 'RQ-s2-20261122-001',
            store: 's2',
            kitchen: 'ck1',
            state: 'received',
            deliverOn: '2026-11-23',
            at: '2026-11-22T13:20:00.000Z',
            purchase: 'PO-20261123-004',
            note: null,
            answer: null,
            lines: [{ ...PORK, qty: '4000' }],
            transfers: [TRANSFER.transfer],
          },
        ],
        next: null,
      },
    },
    problems: ['bad_date', 'bad_cursor'],
  },
  {
    method: 'get',
    path: '/hq/v1/requisitions/demand',
    tag: 'transfers',
    auth: 'read',
    summary: {
      en: 'What is asked of each kitchen, summed by item, beside what it has',
      zh: '各中央厨房的需求汇总(按物料)与其库存',
    },
    parameters: [on],
    answer: {
      status: 200,
      schema: demandSchema,
      example: {
        on: '2026-11-23',
        kitchens: [
          {
            kitchen: 'ck1',
            name: { zh: '中央厨房', en: 'Central kitchen' },
            items: [
              {
                ...PORK,
                total: '9000',
                onHand: '6000',
                missing: '3000',
                stores: [
                  {
                    store: 's2',
                    requisition: 'RQ-s2-20261122-001',
                    deliverOn: '2026-11-23',
                    qty: '4000',
                  },
                  {
                    store: 's3',
                    requisition: 'RQ-s3-20261122-001',
                    deliverOn: '2026-11-23',
                    qty: '5000',
                  },
                ],
              },
            ],
          },
        ],
      },
    },
    problems: ['bad_date'],
  },
];
