/** Every code that a problem of head office can carry, with its status and what to do about it. */
import type { Words } from '#recipes/contracts/command.ts';

export type ProblemWords = Words & { readonly status: number };

export const PROBLEMS: Readonly<Record<string, ProblemWords>> = {
  unauthorized: {
    status: 401,
    en: 'No token, or a wrong one. The admin token is in secrets.json of head office; a store gets its own from POST /stores.',
    zh: '缺少令牌或令牌错误。管理员令牌在总部的 secrets.json 中；门店令牌由 POST /stores 生成。',
  },
  forbidden: {
    status: 403,
    en: 'This token may not do that: a store sends and reads its own, read and wall tokens only read.',
    zh: '此令牌无权执行该操作：门店令牌仅限本店，只读与大屏令牌只能读取。',
  },
  not_found: {
    status: 404,
    en: 'There is nothing at this address.',
    zh: '该地址不存在。',
  },
  internal: {
    status: 500,
    en: 'A fault of head office; its log says more. Ask again: what was done is not done twice.',
    zh: '总部内部错误，详见日志；可重试，已完成的操作不会重复。',
  },
  database_away: {
    status: 503,
    en: 'A database of head office does not answer; nothing was stored. Ask again after Retry-After seconds.',
    zh: '总部数据库暂时无响应，未存入任何数据。请按 Retry-After 秒数后重试。',
  },
  too_large: { status: 413, en: 'The body is too large.', zh: '请求体过大。' },
  bad_body: {
    status: 400,
    en: 'The body is not what this call takes; `problems` says where.',
    zh: '请求体不符合要求；位置见 problems。',
  },
  bad_date: {
    status: 400,
    en: 'from, to and day are business days, YYYY-MM-DD, from not after to and at most 400 days apart.',
    zh: 'from、to、day 应为营业日 YYYY-MM-DD，from 不晚于 to，且相隔不超过 400 天。',
  },
  bad_cursor: {
    status: 400,
    en: 'The cursor is not one that head office gave. Send `next` of the page before as it is.',
    zh: 'cursor 不是总部给出的。请原样发送上一页的 next。',
  },
  bad_kind: {
    status: 400,
    en: 'kind names kinds of entries, with commas between them.',
    zh: 'kind 应为记录类型，以逗号分隔。',
  },
  unknown_store: {
    status: 404,
    en: 'No store has this code. GET /stores lists them.',
    zh: '没有该编号的门店。参见 GET /stores。',
  },
  unknown_life: {
    status: 404,
    en: 'This store has no such life. GET /stores/{store} lists them.',
    zh: '该门店没有此运行实例。参见 GET /stores/{store}。',
  },
  unknown_order: {
    status: 404,
    en: 'This store has no order with this number.',
    zh: '该门店没有此编号的订单。',
  },
  order_state: {
    status: 409,
    en: 'The order does not wait for a decision any more; `state` says where it stands.',
    zh: '该订单已不在待审批状态，当前状态见 state。',
  },
  decided: {
    status: 409,
    en: 'This revision of the order was decided already, the other way; the store carries that out first.',
    zh: '该订单的此版本已作出相反的决定，门店将先执行该决定。',
  },
  unknown_transfer: {
    status: 404,
    en: 'No transfer has this number. GET /transfers lists them.',
    zh: '没有该编号的调拨。参见 GET /transfers。',
  },
  not_disputed: {
    status: 409,
    en: 'Nothing differs about this transfer, or that was settled already.',
    zh: '该调拨没有差异，或差异已核实。',
  },
  bad_state: {
    status: 400,
    en: 'state is all, or names states with commas between them; the message lists them.',
    zh: 'state 应为 all 或以逗号分隔的状态；可用状态见说明。',
  },
  too_many_rows: {
    status: 422,
    en: 'A workbook has at most 50,000 rows. Narrow it with from, to or store, or take .csv.',
    zh: '工作簿最多 50,000 行。请缩小 from、to 或 store 的范围，或改用 .csv。',
  },
  too_many_streams: {
    status: 429,
    en: 'Too many open streams at this receiver, or of this token (50). Close one, or come again later.',
    zh: '此接收端或此令牌（50 个）打开的数据流过多。请关闭一个或稍后再试。',
  },
  bad_query: {
    status: 400,
    en: 'A parameter of the query does not fit; the detail names it.',
    zh: '查询参数不符，详见说明。',
  },
  gap: {
    status: 409,
    en: 'Entries before these are missing; `expected` comes next. Ask for the cursor and send from there.',
    zh: '之前的条目缺失；下一条应为 expected。请查询游标并从该处发送。',
  },
  fork: {
    status: 409,
    en: 'Entry `seq` is another one here: a copy of the box has sold, or it was restored. It goes on as a life of its own.',
    zh: '第 seq 条与总部不同：主机的副本曾营业，或已从备份恢复。请以新的运行实例继续。',
  },
  bad_batch: {
    status: 422,
    en: 'The batch is not as it should be; the detail says where. Nothing was stored.',
    zh: '该批数据格式不符，位置见说明。未存入任何数据。',
  },
  too_many_lives: {
    status: 422,
    en: 'The store has had 1,000 boxes, and this one is new. Nothing was stored; those that are known go on.',
    zh: '该门店已有 1,000 个运行实例，本机又是新的。未存入任何数据，已知的实例不受影响。',
  },
  bad_chain: {
    status: 422,
    en: 'The hashes of the entries do not lead from prevHash to headHash. Nothing was stored.',
    zh: '条目的哈希无法从 prevHash 推至 headHash。未存入任何数据。',
  },
  bad_encoding: {
    status: 415,
    en: 'Content-Encoding is zstd, gzip or identity.',
    zh: 'Content-Encoding 应为 zstd、gzip 或 identity。',
  },
  busy: {
    status: 429,
    en: 'Other stores are being heard. Come again after Retry-After seconds.',
    zh: '正在处理其他门店的数据。请按 Retry-After 秒数后重试。',
  },
  elsewhere: {
    status: 409,
    en: 'Head office is at another entry, `ackedSeq`: balances can be compared at that one only.',
    zh: '总部所在条目为 ackedSeq，只能在该条目处比对余额。',
  },
  bad_book: {
    status: 422,
    en: 'The book has mistakes; `problems` lists each with its place and a remedy. Nothing was published.',
    zh: '配方册有错误；problems 逐条列出位置与改法。未发布。',
  },
  past_start: {
    status: 422,
    en: 'The start has passed: sales since then would be posted again. Send past: true if that is meant.',
    zh: '生效时间已过：此后的销售将重新记账。如确需如此，请附 past: true。',
  },
  planned_book: {
    status: 409,
    en: 'A book that was published starts later. Send planned: "keep" or "replace"; `planned` lists them.',
    zh: '已发布的配方册生效更晚。请附 planned: "keep" 或 "replace"；planned 逐一列出。',
  },
  bad_commands: {
    status: 422,
    en: 'A command does not fit, or is not for head office to send; `problems` says which.',
    zh: '命令不符或总部不可下发；见 problems。',
  },
  unknown_stores: {
    status: 422,
    en: 'Some of the stores do not exist; `stores` names them.',
    zh: '部分门店不存在；见 stores。',
  },
  unknown_version: {
    status: 404,
    en: 'No version has this number, or it is for other stores.',
    zh: '没有该版本，或该版本与此门店无关。',
  },
  not_a_book: {
    status: 422,
    en: 'Only a book can be published again.',
    zh: '只有配方册可以重新发布。',
  },
  unknown_token: { status: 404, en: 'There is no such token.', zh: '没有该令牌。' },
  unknown_delivery: {
    status: 404,
    en: 'This webhook has no such delivery. Those that ended are kept for 30 days.',
    zh: '该推送没有此投递记录。已结束的记录保留 30 天。',
  },
  unknown_webhook: { status: 404, en: 'There is no such webhook.', zh: '没有该推送。' },
  private_address: {
    status: 422,
    en: 'The address leads into a private network. Allow that with LARDER_HQ_WEBHOOK_PRIVATE=1 if it is meant.',
    zh: '该地址指向内网。如确有需要，请设置 LARDER_HQ_WEBHOOK_PRIVATE=1。',
  },
};
