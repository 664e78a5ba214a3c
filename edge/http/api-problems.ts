/** Every code a problem or a rejected command can carry, with what to do about it. */
import type { Words } from '#recipes/contracts/command.ts';

export type ProblemCode = keyof typeof PROBLEMS;

type Said = Words & { readonly status: readonly number[] };

/** Problem details of the HTTP API. */
export const PROBLEMS = {
  unauthorized: {
    status: [401],
    en: 'No token, or a wrong one. The admin token is in secrets.json of the data folder; a terminal uses its own password; a tablet pairs for a token of its own, and pairs again after it was locked out.',
    zh: '缺少令牌或令牌错误。管理员令牌在数据目录的 secrets.json 中；终端使用自己的密码；平板通过配对获得令牌，停用后需重新配对。',
  },
  bad_signature: {
    status: [401],
    en: 'The signature of a vendor does not fit its body. Check the key in the settings.',
    zh: '厂商签名与内容不符。请检查设置中的密钥。',
  },
  forbidden: {
    status: [403],
    en: 'A terminal may send its own events, nothing else; a tablet may not set up the box. Use the admin token.',
    zh: '终端只能发送自己的事件；平板不能设置主机。其他操作请使用管理员令牌。',
  },
  pin_needed: {
    status: [403],
    en: 'This needs a manager: get a pass with POST /passes, send it as Larder-Pass, and send the same again. A command refused so is not remembered.',
    zh: '此操作需要店长：用 POST /passes 获取授权并以 Larder-Pass 发送，再原样重发。因此被拒的命令不会被记住。',
  },
  wrong_pin: {
    status: [403],
    en: 'Nobody here has this PIN or badge.',
    zh: 'PIN 或工牌不正确。',
  },
  wrong_code: {
    status: [403],
    en: 'The pairing code is not known, was used, or is older than 10 minutes. Ask for a new one.',
    zh: '配对码无效、已使用或已超过 10 分钟。请重新获取。',
  },
  too_many_tries: {
    status: [429],
    en: '5 wrong tries. Wait for Retry-After seconds.',
    zh: '连续 5 次错误。请等待 Retry-After 秒。',
  },
  say_who: {
    status: [409],
    en: 'More than one person has this PIN. Say who with `user`.',
    zh: '多人使用同一 PIN。请用 user 指明人员。',
  },
  bad_body: {
    status: [400],
    en: 'The body is not what this call takes; the answer says what is expected.',
    zh: '请求体不符合要求；应答中说明了所需内容。',
  },
  not_new: {
    status: [409],
    en: 'The box has a recipe book, or sales. The sample and a restore by the page are for a new box; otherwise stop it and use larder restore.',
    zh: '主机已有配方册或销售。演示数据与页面恢复仅用于新主机；否则请停止主机并使用 larder restore。',
  },
  busy: {
    status: [409],
    en: 'A backup is being restored already. Wait for it.',
    zh: '正在恢复另一备份。请稍候。',
  },
  bad_backup: {
    status: [422],
    en: 'The file is no good backup; nothing was changed. `detail` says what is wrong with it.',
    zh: '备份文件不可用，未做任何更改。原因见 detail。',
  },
  not_found: {
    status: [404],
    en: 'There is nothing at this address. Compare it with the list above.',
    zh: '该地址不存在。请对照上面的列表。',
  },
  unknown_terminal: {
    status: [404],
    en: 'The terminal is not set up. Add it with the command device.terminal.',
    zh: '终端尚未设置。请用命令 device.terminal 添加。',
  },
  unknown_adapter: {
    status: [404],
    en: 'There is no adapter for this make of POS. The answer names those there are.',
    zh: '没有该收银系统的适配器。应答中列出了现有的适配器。',
  },
  bad_cursor: {
    status: [400],
    en: 'The cursor is not one this box gave. Send that of the page before, as it is.',
    zh: 'cursor 不是本机给出的。请原样发送上一页返回的 cursor。',
  },
  unknown_item: {
    status: [404],
    en: 'No such item in the recipe book in force, or, in a command, on one of its lines.',
    zh: '当前配方册中没有该物料；若为命令，则其某一行的物料不存在。',
  },
  unknown_count: {
    status: [404],
    en: 'Nothing was counted under this id.',
    zh: '没有该编号的盘点。',
  },
  unknown_sale: {
    status: [404],
    en: 'No sale with this id has arrived. Ids are those the POS gave.',
    zh: '没有该编号的销售单。编号以收银端所给为准。',
  },
  unknown_event: {
    status: [404],
    en: 'No event with this arrival number. See GET /events.',
    zh: '没有该到达序号的事件。参见 GET /events。',
  },
  no_book: {
    status: [404],
    en: 'No recipe book has been adopted yet, or not this version. Send one with PUT /book.',
    zh: '还没有启用配方册，或没有该版本。请用 PUT /book 导入。',
  },
  bad_book: {
    status: [422],
    en: 'The book has mistakes; nothing was changed. `problems` lists all of them with place and remedy.',
    zh: '配方册有错误，未做任何更改。problems 中列出全部错误的位置与改法。',
  },
  bad_file: {
    status: [400],
    en: 'The name of the file does not say what it is. Use .yaml, .json, .csv or .xlsx.',
    zh: '文件名不能说明其类型。请使用 .yaml、.json、.csv 或 .xlsx。',
  },
  book_changed: {
    status: [412],
    en: 'Somebody adopted another book since you read it. Read it again, then send yours.',
    zh: '您读取之后已有新的配方册启用。请重新读取后再提交。',
  },
  not_adopted: {
    status: [422],
    en: 'The book was not adopted; `detail` says why.',
    zh: '配方册未启用；原因见 detail。',
  },
  bad_time: {
    status: [400],
    en: 'Not a time. Write RFC 3339 with an offset: 2026-11-22T04:00:00+08:00.',
    zh: '不是有效时间。请使用带时区的 RFC 3339 格式：2026-11-22T04:00:00+08:00。',
  },
  bad_date: {
    status: [400],
    en: 'Not a day. Write YYYY-MM-DD.',
    zh: '不是有效日期。格式为 YYYY-MM-DD。',
  },
  bad_commands: {
    status: [400],
    en: 'The body is not {"commands":[{"id","kind","data"}]} with 1 to 100 commands.',
    zh: '请求体应为 {"commands":[{"id","kind","data"}]},含 1 至 100 条命令。',
  },
  too_many: {
    status: [413],
    en: 'More than 500 events at once. Send them in parts; a repeated event has no second effect.',
    zh: '一次超过 500 条事件。请分批发送；重复发送不会重复生效。',
  },
  too_large: {
    status: [413],
    en: 'The body is too large, or, in a command, an amount is larger than the ledger can hold.',
    zh: '请求体过大；若为命令，则数量超出账本可保存的范围。',
  },
  bad_query: {
    status: [400],
    en: 'A parameter or the body does not fit; `detail` names it.',
    zh: '参数或请求体不符;详见 detail。',
  },
  unknown_lot: {
    status: [404],
    en: 'No lot of the item carries this code. Check the label.',
    zh: '该物料没有此批次编号。请核对标签。',
  },
  no_pdf: {
    status: [404],
    en: 'This box does not draw pages. Print the order on a receipt printer.',
    zh: '本机不能生成 PDF。请用小票打印机打印。',
  },
  unknown_transfer: {
    status: [404],
    en: 'This box has not heard of the transfer. It can be received from its paper: say from and lines.',
    zh: '本机尚未收到该调拨通知。可按纸质单收货:请填写 from 与 lines。',
  },
  unknown_order: {
    status: [404],
    en: 'There is no order with this number.',
    zh: '没有该编号的订单。',
  },
  unknown_job: {
    status: [404],
    en: 'There is no print job with this number.',
    zh: '没有该编号的打印任务。',
  },
  unknown_paper: {
    status: [404],
    en: 'The printer is no virtual one, or has no paper of this number.',
    zh: '该打印机不是虚拟打印机,或没有该编号的单据。',
  },
  not_printed: {
    status: [404, 409, 422],
    en: 'It was not taken on; `code` and `detail` say why, with the codes of rejected commands.',
    zh: '未受理;原因见 code(同被拒命令的代码)与 detail。',
  },
  unknown_recipe: {
    status: [404],
    en: 'The recipe book in force does not have this recipe; in a command, no adopted book has it.',
    zh: '当前配方册中没有该配方;若为命令,则已启用的配方册中都没有。',
  },
  unknown_modifier: {
    status: [422],
    en: 'Nobody has said what this modifier means on the dish. Put it into the book, or map it.',
    zh: '此菜品尚未匹配该做法/加料。请补入配方册或进行匹配。',
  },
  feed_ahead: {
    status: [409],
    en: 'The box has no entry of this sequence: who asks knows more than the box. `head` is its newest.',
    zh: '本机没有该序号的记录:查询方掌握的多于本机。head 为本机最新记录。',
  },
  bad_facts: {
    status: [422],
    en: 'The facts of another life cannot be read: a newer version wrote them, or they were damaged. Update the box; they come again.',
    zh: '无法读取另一分支的数据：由较新版本写入或已损坏。请升级本机，数据会再次送达。',
  },
  ack_differs: {
    status: [409],
    en: 'The hash is not that of the entry on this box. Compare with GET /feed/hashes.',
    zh: '哈希与本机记录不符。请用 GET /feed/hashes 核对。',
  },
  no_demo: {
    status: [400],
    en: 'Only the demo has a speed, a number from 0 to 1000.',
    zh: '仅演示模式可设置速度（0 至 1000）。',
  },
  cannot_store: {
    status: [503],
    en: 'The box cannot write to its disk. Nothing was accepted: send the same again after Retry-After seconds.',
    zh: '主机暂时无法写盘，未接收任何内容。请在 Retry-After 秒后原样重发。',
  },
  internal: {
    status: [500],
    en: 'A fault of the box. Nothing was half done; its log says more.',
    zh: '主机内部错误。没有只完成一半的操作；详见日志。',
  },
} as const satisfies Readonly<Record<string, Said>>;
