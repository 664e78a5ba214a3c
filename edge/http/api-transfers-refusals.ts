/** Why commands about goods between stores and outside work are refused. */
import type { Words } from '#recipes/contracts/command.ts';

/** By code, as the documents explain it. */
export const TRANSFER_REFUSALS = {
  own_store: {
    en: 'The store that is named is this one.',
    zh: '填写的门店就是本店。',
  },
  bad_number: {
    en: 'Numbers of transfers, requisitions and outside jobs have this store in them: TR-STORE-YYYYMMDD-NNN. Leave the number out, and the box gives one.',
    zh: '调拨、要货与委外单号须含本店编号:TR-STORE-YYYYMMDD-NNN。留空则由主机编号。',
  },
  number_exists: {
    en: 'The number is in use. Leave it out, and the box gives one.',
    zh: '该编号已被使用。留空则由主机编号。',
  },
  own_transfer: {
    en: 'This store has sent it. If the goods came back, undo the sending.',
    zh: '该调拨由本店发出。如货物退回,请撤销发货。',
  },
  transfer_received: {
    en: 'It was received before: it cannot be received again, nor called off.',
    zh: '该调拨已收货:不能再次收货,也不能取消。',
  },
  transfer_cancelled: {
    en: 'The other store has called it off. If the goods came all the same, let them send again.',
    zh: '对方已取消该调拨。如货物已到,请对方重新发货。',
  },
  transfer_matched: {
    en: 'The receipt was compared with what was sent; correct the stock with a count.',
    zh: '该收货已与发货单核对;请用盘点更正库存。',
  },
  cannot_restore: {
    en: 'What was undone has changed since; do it again instead of restoring it.',
    zh: '撤销后已有变化;请重新操作而非恢复。',
  },
  unit_differs: {
    en: 'The item is measured otherwise in the other store; head office must make the books agree.',
    zh: '该物料在两店的计量单位不同;请总部统一配方册。',
  },
  unknown_requisition: {
    en: 'There is no such requisition, or it is not for this store to answer.',
    zh: '没有该要货单,或不应由本店处理。',
  },
  requisition_state: {
    en: 'This cannot be done to a requisition in its present state; the message names it.',
    zh: '要货单当前状态不允许此操作;详见说明。',
  },
  other_store: {
    en: 'The requisition is of another store; send the goods there.',
    zh: '该要货单属于其他门店;请发往该门店。',
  },
  unknown_outside_job: {
    en: 'There is no such outside job.',
    zh: '没有该委外加工单。',
  },
  outside_job_over: {
    en: 'Nothing of this outside job is out there any more.',
    zh: '该委外加工单已无外部余料。',
  },
  outside_job_begun: {
    en: 'More of the outside job came back since; undo that first.',
    zh: '该委外加工单此后还有返还;请先撤销之后的返还。',
  },
  not_out: {
    en: 'There is less material out there than this.',
    zh: '外部余料少于该数量。',
  },
  fee_without_product: {
    en: 'The fee becomes part of what a product costs; say it with the product.',
    zh: '加工费计入成品成本;请与成品一起填写。',
  },
} as const satisfies Readonly<Record<string, Words>>;
