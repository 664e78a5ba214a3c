/** Routes about purchase orders and what suppliers owe. */
import { creditsSchema, orderSchema, ordersSchema } from './api-orders.ts';
import { CREDITS_EXAMPLE, ORDER_EXAMPLE } from './api-orders-examples.ts';
import { inPath, type Route, read } from './api-route.ts';

const number = inPath('order', 'number of the order', '订单编号', 'PO-014');

export const ORDER_ROUTES: readonly Route[] = [
  read(
    'orders',
    '/api/v1/orders',
    { en: 'Purchase orders, those that wait for goods first', zh: '采购订单(待到货在前)' },
    ordersSchema,
    {
      parameters: [
        {
          name: 'state',
          in: 'query',
          schema: { type: 'string', enum: ['open', 'all'], default: 'all' },
          words: {
            en: 'open = neither complete nor called off',
            zh: 'open = 未完成且未取消',
          },
        },
      ],
      problems: ['bad_query'],
      example: { orders: [ORDER_EXAMPLE] },
    },
  ),
  read(
    'orders',
    '/api/v1/orders/{order}',
    {
      en: 'One purchase order; with .pdf behind its number, as A4 paper',
      zh: '单个采购订单;编号后加 .pdf 为 A4 文件',
    },
    orderSchema,
    {
      parameters: [
        number,
        {
          name: 'language',
          in: 'query',
          schema: { type: 'string', enum: ['zh', 'en'], default: 'zh' },
          words: { en: 'of the A4 paper', zh: 'A4 文件的语言' },
        },
      ],
      problems: ['unknown_order', 'no_pdf'],
      example: ORDER_EXAMPLE,
    },
  ),
  read(
    'orders',
    '/api/v1/credits',
    {
      en: 'Returns to suppliers, what they gave back for them, and what they still owe',
      zh: '退货、供应商退款与未结差额',
    },
    creditsSchema,
    { example: CREDITS_EXAMPLE },
  ),
];
