/** Routes about goods between stores and outside work. */
import { inPath, type Route, read } from './api-route.ts';
import {
  outsourceSchema,
  requisitionsSchema,
  transferSchema,
  transfersSchema,
} from './api-transfers.ts';

const PORK = { item: 'pork-belly', name: { zh: '五花肉', en: 'Pork belly' }, unit: 'g' };
const KITCHEN = { other: 'ck1', otherName: { zh: '中央厨房', en: 'Central kitchen' } };
const STORES = [{ store: 'ck1', name: KITCHEN.otherName }];
const TRANSFER = {
  transfer: 'TR-ck1-20261123-001',
  direction: 'in',
  ...KITCHEN,
  state: 'incoming',
  at: '2026-11-23T05:10:00.000Z',
  entry: null,
  undoneBy: null,
  requisition: 'RQ-demo-20261122-001',
  note: null,
  cost: '128.00',
  lines: [
    {
      ...PORK,
      qty: '4000',
      lot: '20261122-1180-1',
      expiresAt: '2026-11-25T15:59:00.000Z',
      cost: '128.00',
    },
  ],
  received: null,
  differences: [],
};
const REQUISITION = {
  requisition: 'RQ-demo-20261122-001',
  direction: 'out',
  ...KITCHEN,
  state: 'shipped',
  at: '2026-11-22T13:20:00.000Z',
  deliverOn: '2026-11-23',
  purchase: 'PO-20261123-004',
  note: null,
  lines: [{ ...PORK, qty: '4000' }],
  transfers: [TRANSFER.transfer],
};

export const TRANSFER_ROUTES: readonly Route[] = [
  read(
    'chain',
    '/api/v1/transfers',
    {
      en: 'Goods to and from other stores, what waits first',
      zh: '与其他门店的调拨(待处理在前)',
    },
    transfersSchema,
    {
      parameters: [
        {
          name: 'state',
          in: 'query',
          schema: { type: 'string', enum: ['open', 'all'], default: 'all' },
          words: { en: 'open = not received yet', zh: 'open = 尚未收货' },
        },
      ],
      problems: ['bad_query'],
      example: { store: 'demo', stores: STORES, transfers: [TRANSFER] },
    },
  ),
  read(
    'chain',
    '/api/v1/transfers/{transfer}',
    { en: 'One transfer', zh: '单个调拨' },
    transferSchema,
    {
      parameters: [inPath('transfer', 'number of the transfer', '调拨单号', TRANSFER.transfer)],
      problems: ['unknown_transfer'],
      example: TRANSFER,
    },
  ),
  read(
    'chain',
    '/api/v1/requisitions',
    {
      en: 'What this store asks of others and others of it, with the sums by day and item',
      zh: '本店的要货与他店向本店的要货,并按日与物料汇总',
    },
    requisitionsSchema,
    {
      example: {
        store: 'demo',
        stores: STORES,
        requisitions: [REQUISITION],
        demand: [
          {
            on: '2026-11-24',
            items: [
              {
                ...PORK,
                total: '9000',
                onHand: '6000',
                stores: [{ store: 's2', requisition: 'RQ-s2-20261123-001', qty: '9000' }],
              },
            ],
          },
        ],
      },
    },
  ),
  read(
    'chain',
    '/api/v1/outsource',
    { en: 'Material that somebody outside works on', zh: '委外加工' },
    outsourceSchema,
    {
      example: {
        processors: ['Lin tofu'],
        jobs: [
          {
            job: 'OS-demo-20261122-001',
            processor: 'Lin tofu',
            state: 'partly_back',
            at: '2026-11-22T01:00:00.000Z',
            entry: 1201,
            note: null,
            cost: '120.00',
            lines: [
              {
                item: 'soybeans',
                name: { zh: '黄豆', en: 'Soybeans' },
                unit: 'g',
                lot: 'S-4',
                qty: '20000',
                out: '5000',
                cost: '120.00',
              },
            ],
            back: [
              {
                entry: 1260,
                fee: '90.00',
                products: [
                  {
                    item: 'tofu',
                    name: { zh: '豆腐', en: 'Tofu' },
                    unit: 'g',
                    lot: 'LT-22',
                    qty: '33000',
                    cost: '180.00',
                  },
                ],
              },
            ],
          },
        ],
      },
    },
  ),
];
