/** Why a command is refused, by code, as the documents explain it. */
import type { Words } from '#recipes/contracts/command.ts';
import { CATALOG_REFUSALS } from './api-catalog-commands.ts';
import { TRANSFER_REFUSALS } from './api-transfers-refusals.ts';

/** Codes of rejected commands beside those above; remembered with the command's id. */
export const REFUSALS = {
  ...CATALOG_REFUSALS,
  ...TRANSFER_REFUSALS,
  id_conflict: {
    en: 'The command id was used before for something else. Make a new id.',
    zh: '命令编号已用于其他内容。请使用新的编号。',
  },
  unknown_kind: { en: 'There is no command of this kind.', zh: '没有这种命令。' },
  bad_data: {
    en: 'The data do not fit the kind; the message names the field.',
    zh: '内容与命令不符;说明中指出了字段。',
  },
  bad_text: {
    en: 'A text has a character that cannot be kept (NUL, or half of a pair); the message names the field.',
    zh: '文字中含有无法保存的字符(NUL 或不完整的字符);说明中指出了字段。',
  },
  bad_quantity: {
    en: 'The amount cannot be read, or is not more than 0. Write "2 pack", "4.2 kg" or 4200.',
    zh: '数量无法识别或不大于 0。示例:"2 pack"、"4.2 kg" 或 4200。',
  },
  bad_unit: { en: 'The unit cannot be read.', zh: '单位无法识别。' },
  unknown_unit: { en: 'The item does not know this unit.', zh: '该物料没有此单位。' },
  no_conversion: {
    en: 'The unit does not convert into the base unit of the item; give it a bridge in the book.',
    zh: '该单位无法换算为物料的基本单位;请在配方册中补充换算。',
  },
  inconsistent_units: {
    en: 'Two ways of converting the unit disagree.',
    zh: '该单位有两种互相矛盾的换算。',
  },
  unknown_entry: { en: 'The ledger has no such entry.', zh: '账本中没有该记录。' },
  use_void: {
    en: 'A sale is taken back by a void or refund from the POS, not by reversing its entry.',
    zh: '销售请由收银端作废或退款,不能冲销记录。',
  },
  already_reversed: { en: 'The entry was reversed before.', zh: '该记录已被冲销。' },
  follows_by_itself: {
    en: 'The box made this entry by itself from other entries; take those back.',
    zh: '此记录由主机根据其他记录自动产生;请撤销那些记录。',
  },
  no_moves: { en: 'The entry moved no stock.', zh: '该记录没有库存变动。' },
  not_open: { en: 'The event is not waiting for anybody.', zh: '该事件不在待处理中。' },
  nothing_open: {
    en: 'Nothing of this life of the box waits for a person.',
    zh: '主机的这次接续没有待处理的内容。',
  },
  newer_here: {
    en: 'Another box said it earlier than something newer that stands here.',
    zh: '该内容来自另一台主机,且早于此处已有的较新设定。',
  },
  no_gap: { en: 'No numbers are missing in this range.', zh: '该范围内没有缺失的序号。' },
  user_exists: {
    en: 'Somebody with this id works here already. Use user.edit, or another id.',
    zh: '该编号的人员已存在。请用 user.edit,或换一个编号。',
  },
  unknown_user: { en: 'Nobody here has this id.', zh: '没有该编号的人员。' },
  device_exists: {
    en: 'A tablet with this id was paired before. Choose another id.',
    zh: '该编号的设备已配对过。请换一个编号。',
  },
  unknown_device: {
    en: 'No paired tablet has this id, or it was locked out.',
    zh: '没有该编号的已配对设备,或已停用。',
  },
  locked_setting: {
    en: 'A flag, the environment or larder.yaml decides this setting; change it there.',
    zh: '该设置由启动参数、环境变量或 larder.yaml 设定;请在该处修改。',
  },
  bad_setting: { en: 'The setting does not take this value.', zh: '该设置不接受此值。' },
  nothing_counted: {
    en: 'The count is posted, and nothing was counted since. Reverse its entry to undo it.',
    zh: '该盘点已过账,之后没有新的记录。如需撤销请冲销其记录。',
  },
  bad_days: {
    en: 'A note spans 1 to 366 business days, from not after to.',
    zh: '备注的天数应为 1 至 366,且 from 不晚于 to。',
  },
  bad_value: {
    en: 'The value does not fit the kind of note; the message says what it may be.',
    zh: 'value 与备注类型不符;说明中指出了可用的取值。',
  },
  no_factor: {
    en: 'An event of a reason that nobody has seen yet needs a factor: "1.2" = +20 %.',
    zh: '尚无记录的活动需要填写系数:"1.2" 表示 +20 %。',
  },
  unknown_note: { en: 'There is no such note of a day.', zh: '没有该营业日备注。' },
  too_many_amounts: {
    en: 'The command carries more than it may; send it in several.',
    zh: '一次命令的内容过多;请分多次发送。',
  },
  future_day: {
    en: 'Past use is imported of days that are over.',
    zh: '只能导入已结束营业日的用量。',
  },
  nothing_named: { en: 'Name an item, a lot or a dish.', zh: '请指明物料、批次或菜品。' },
  two_named: {
    en: 'Name one of item, lot and dish, not several.',
    zh: '物料、批次、菜品只能指明一种。',
  },
  order_exists: {
    en: 'There is an order with this number already. Use another number.',
    zh: '该编号的订单已存在。请使用其他编号。',
  },
  unknown_supplier: {
    en: 'The recipe book does not have this supplier.',
    zh: '配方册中没有该供应商。',
  },
  order_not_open: {
    en: 'The order was not approved, or was cancelled. Receive the goods without it.',
    zh: '订单尚未批准或已取消。请不选订单直接收货。',
  },
  order_duplicate: {
    en: 'There is an open order for this supplier and delivery day; `data.duplicates` names it. Change that one, or send `again: true`.',
    zh: '该供应商当日已有未结订单,见 data.duplicates。请修改该订单,或以 again: true 另下一单。',
  },
  order_empty: {
    en: 'Nothing would be left of the order. Cancel it instead.',
    zh: '订单将没有任何物料。请改为取消订单。',
  },
  no_channel: {
    en: 'The book does not say how to reach the supplier this way. Add it under `send`, or choose another way.',
    zh: '配方册未写该供应商的此种联系方式。请在 send 中添加,或换一种方式。',
  },
  channel_not_set_up: {
    en: 'This way of sending is not set up on this box; the message names what is missing.',
    zh: '本机尚未配置该发送方式;说明中指出了缺少的内容。',
  },
  credit_exists: {
    en: 'There is a credit note with this number already. Use another number.',
    zh: '该编号的退款单已存在。请使用其他编号。',
  },
  unknown_return: {
    en: 'The entry is no return to a supplier, or was taken back. GET /credits lists them.',
    zh: '该记录不是有效的退货。请查看 GET /credits。',
  },
  other_supplier: {
    en: 'What is named belongs to another supplier; the message names it.',
    zh: '所指内容属于另一供应商;详见说明。',
  },
  order_state: {
    en: 'This cannot be done to an order in its present state; the message names it.',
    zh: '订单当前状态不允许此操作;详见说明。',
  },
  ambiguous_lot: {
    en: 'Lots of several items carry this code; name the item too.',
    zh: '多种物料都有此批次编号;请同时指明物料。',
  },
  empty_lot: { en: 'Nothing is left of the lot.', zh: '该批次已无余量。' },
  unknown_sku: {
    en: 'Nobody has said what this code of the POS means; map it first.',
    zh: '尚未匹配该收银编码;请先匹配。',
  },
  no_ingredients: { en: 'The dish takes nothing from stock.', zh: '该菜品不占用库存。' },
  no_printer: {
    en: 'No printer is set up for this. Set one up, or name one.',
    zh: '没有适用的打印机。请先设置,或指明打印机。',
  },
  unknown_printer: { en: 'There is no printer with this name.', zh: '没有该名称的打印机。' },
  bad_printer: {
    en: 'The address of the printer cannot be used; the message says what is wrong with it.',
    zh: '打印机地址不可用;原因见说明。',
  },
  printer_locked: {
    en: 'The configuration sets this printer up; change it there.',
    zh: '该打印机由配置设定;请在配置中修改。',
  },
  job_state: {
    en: 'This cannot be done to a print job in its present state; the message names it.',
    zh: '打印任务当前状态不允许此操作;详见说明。',
  },
  nothing_suggested: {
    en: 'No suggestion is there to be printed: there is no book, or it was not read yet. Ask by POST /print.',
    zh: '没有可打印的采购建议:尚无配方册或尚未读取。请用 POST /print。',
  },
  not_balanced: {
    en: 'What came out is not what went in; leave one quantity out and it is the remainder.',
    zh: '产出与投入不符;留一处不填即为剩余。',
  },
  offcut_item_needed: {
    en: 'Say which item the offcut becomes.',
    zh: '请指明边角料归入哪种物料。',
  },
  not_stocked: {
    en: 'The recipe is made when it is sold; only stocked ones are made in batches.',
    zh: '该配方现点现做,不能备料。',
  },
  no_shelf_life: {
    en: 'The book does not say how long it keeps then; say expiresAt.',
    zh: '配方册未写其保质期;请填写 expiresAt。',
  },
  temperature_needed: {
    en: 'The item must be measured at the door.',
    zh: '该物料收货时必须测温。',
  },
  too_warm: {
    en: 'Too warm to be accepted; refuse it, or a manager releases it with a reason.',
    zh: '温度超标;请拒收,或由经理填写原因放行。',
  },
} as const satisfies Readonly<Record<string, Words>>;
