/** What a person must know of head office: it is behind, it differs, it sent what this box cannot take. */
import type { Words } from '#recipes/contracts/command.ts';
import type { HeadOfficeStatus } from '../feed/head-office.ts';
import type { BegunLife, TakenLife } from '../lives/life-store.ts';
import {
  type HqInboxParts,
  type InboxItem,
  iso,
  LIST_MAX,
  type RefusedVersion,
} from './inbox-item.ts';

/** Nobody is told of less. */
export const LAG_MS = 5 * 60_000;

/** Everything about head office; nothing when the box has none. */
export function hqItems(parts: HqInboxParts, now: number): InboxItem[] {
  const status = parts.status();
  return [
    ...(status.refusal === null ? lag(status, now) : refused(status, status.refusal)),
    ...differs(status, now),
    ...twoBoxes(status, now),
    ...parts.refusedVersions().slice(0, LIST_MAX).map(refusedVersion),
    ...strangeKey(parts, now),
    ...parts.begunLives().map((life) => begunLife(life, status)),
    ...parts.takenLives().map(takenLife),
    ...stuckFacts(status),
  ];
}

/** It says so at once, and behind it nothing goes on until a person has done something. */
function refused(
  { lagMs, ackedSeq, ackedAt }: HeadOfficeStatus,
  { what, said, since }: NonNullable<HeadOfficeStatus['refusal']>,
): InboxItem[] {
  return [
    {
      id: 'hq:lag',
      kind: 'hq_lag',
      severity: 'act',
      since,
      ...REFUSED[what],
      subject: { lagMs, ackedSeq, ackedAt, what, said },
      actions: [],
    },
  ];
}

const REFUSED = {
  store: {
    title: { en: 'Head office does not let this store in', zh: '总部拒绝本店接入' },
    detail: {
      en: 'selling goes on, nothing is lost; the token of this store is wrong or was taken back, or head office does not know the store: get a new token from head office and set LARDER_HQ_TOKEN',
      zh: '营业不受影响,数据不会丢失;本店令牌有误或已被收回,或总部没有本店:请向总部领取新令牌并设置 LARDER_HQ_TOKEN',
    },
  },
  batch: {
    title: { en: 'Head office does not take what this store wrote', zh: '总部拒收本店数据' },
    detail: {
      en: 'selling and counting go on, nothing is lost; the line is good, and nobody here can mend it: call support and send the log of this box. It is tried again by itself',
      zh: '营业与盘点不受影响,数据不会丢失;网络正常,本店无法自行处理:请联系技术支持并发送本机日志。系统会自动重试',
    },
  },
};

function lag({ lagMs, ackedSeq, ackedAt }: HeadOfficeStatus, now: number): InboxItem[] {
  if (lagMs === null || lagMs < LAG_MS) return [];
  const minutes = Math.floor(lagMs / 60_000);
  const never = ackedSeq === null;
  return [
    {
      id: 'hq:lag',
      kind: 'hq_lag',
      severity: 'act',
      since: iso(now - lagMs),
      title: never
        ? { en: 'Head office does not answer', zh: '总部无应答' }
        : { en: `Head office is ${minutes} min behind`, zh: `总部落后 ${minutes} 分钟` },
      detail: {
        en: 'selling goes on, nothing is lost; check the internet line, the address and the token of head office, and whether the bridge runs',
        zh: '营业不受影响,数据不会丢失;请检查网络、总部地址与令牌,以及同步程序是否运行',
      },
      subject: { lagMs, ackedSeq, ackedAt },
      actions: [],
    },
  ];
}

function differs({ differences, ackedSeq, ackedAt }: HeadOfficeStatus, now: number): InboxItem[] {
  if (differences === null || differences === 0) return [];
  return [
    {
      id: 'hq:differs',
      kind: 'hq_differs',
      severity: 'act',
      since: ackedAt ?? iso(now),
      title: {
        en: `${differences} balances differ at head office`,
        zh: `${differences} 项库存与总部不一致`,
      },
      detail: {
        en: 'run larder fsck --against-hq here, and look at the store on the page of head office',
        zh: '请在本机运行 larder fsck --against-hq,并在总部页面查看本店',
      },
      subject: { differences, ackedSeq },
      actions: [],
    },
  ];
}

function twoBoxes({ state, others }: HeadOfficeStatus, now: number): InboxItem[] {
  if (state !== 'second' && others.length === 0) return [];
  const seen = others.map(({ seenAt }) => Date.parse(seenAt)).filter((at) => !Number.isNaN(at));
  const own = state === 'second';
  return [
    {
      id: 'hq:two-boxes',
      kind: 'hq_two_boxes',
      severity: 'act',
      since: iso(seen.length > 0 ? Math.min(...seen) : now),
      title: { en: 'Two boxes sell for this store', zh: '有两台主机为本店记账' },
      detail: own
        ? {
            en: 'head office counts the other one. Switch off the box that is not needed; what this one sold is then taken over, nothing is lost',
            zh: '总部以另一台为准。请关停不需要的主机;本机的销售随后会被接管,不会丢失',
          }
        : {
            en: 'head office counts this one. Switch off the other, perhaps a restored copy; what it sold is taken over here, nothing is lost',
            zh: '总部以本机为准。请关停另一台(可能是恢复的副本);其销售会由本机接管,不会丢失',
          },
      subject: { state, others },
      actions: [],
    },
  ];
}

function refusedVersion({ version, kind, at, reason }: RefusedVersion): InboxItem {
  const what = KINDS[kind] ?? { en: kind, zh: kind };
  return {
    id: `hq:version:${version}`,
    kind: 'hq_refused_version',
    severity: 'act',
    since: iso(at),
    title: {
      en: `Version ${version} of head office was not taken: ${what.en}`,
      zh: `未采用总部第 ${version} 版:${what.zh}`,
    },
    detail: {
      en: `${reason.en}; what held before goes on`,
      zh: `${reason.zh};继续沿用原内容`,
    },
    subject: { version, what: kind },
    actions: [],
  };
}

const KINDS: Readonly<Record<string, Words>> = {
  book: { en: 'recipe book', zh: '配方册' },
  commands: { en: 'users and approvals', zh: '人员与审批' },
  transfer: { en: 'transfer', zh: '调拨' },
  transfer_cancel: { en: 'cancelled transfer', zh: '取消调拨' },
  requisition: { en: 'requisition', zh: '要货' },
  requisition_state: { en: 'answer to a requisition', zh: '要货答复' },
};

function strangeKey({ strangeKey }: HqInboxParts, now: number): InboxItem[] {
  const found = strangeKey();
  if (found === undefined) return [];
  const { key, fingerprint } = found;
  return [
    {
      id: 'hq:key',
      kind: 'hq_refused_version',
      severity: 'act',
      since: iso(now),
      title: { en: 'Head office signs with another key', zh: '总部的签名密钥已变更' },
      detail: {
        en: `nothing signed with it is taken. Ask head office whether its key is ${fingerprint}`,
        zh: `用该密钥签名的内容均未采用。请向总部核对密钥是否为 ${fingerprint}`,
      },
      subject: { fingerprint },
      actions: [
        {
          label: { en: 'It is theirs, believe it', zh: '核对无误,信任此密钥' },
          command: { kind: 'hq.trust', data: { key } },
        },
      ],
    },
  ];
}

function begunLife(
  { incarnation, at, parent }: BegunLife,
  { configured, ackedSeq }: HeadOfficeStatus,
): InboxItem {
  const restored = parent.why === 'restored';
  const alone = !configured && ackedSeq === null;
  return {
    id: `hq:life:${incarnation}`,
    kind: 'hq_life',
    severity: 'watch',
    since: iso(at),
    title: restored
      ? { en: 'This box goes on from a backup', zh: '本机由备份恢复后继续' }
      : { en: 'Head office knows more than this box', zh: '总部记录多于本机' },
    detail: restored
      ? alone
        ? WITHOUT_HEAD_OFFICE
        : FROM_HEAD_OFFICE
      : {
          en: `it goes on after entry ${parent.seq}, the last that both have; perhaps a copy of it runs elsewhere`,
          zh: `从双方共有的第 ${parent.seq} 条记录继续;可能另有一份副本在运行`,
        },
    subject: { life: incarnation, parent: parent.incarnation, seq: parent.seq },
    actions: [seen(incarnation)],
  };
}

const FROM_HEAD_OFFICE: Words = {
  en: 'what happened after the backup comes back from head office by itself',
  zh: '备份之后的内容会自动从总部取回',
};
const WITHOUT_HEAD_OFFICE: Words = {
  en: 'terminals send what came after the backup again; deliveries, waste and counts of that time are to be entered again',
  zh: '终端会重发备份之后的销售;该时段的收货、报损与盘点请重新录入',
};

function takenLife({ incarnation, to, applied, refused }: TakenLife): InboxItem {
  const [first] = refused;
  if (first === undefined) {
    return {
      id: `hq:taken:${incarnation}`,
      kind: 'hq_life',
      severity: 'watch',
      since: iso(to),
      title: {
        en: `${applied} taken over from another box`,
        zh: `已从另一台主机接管 ${applied} 项`,
      },
      detail: { en: 'nothing is left to do', zh: '无需处理' },
      subject: { life: incarnation, applied },
      actions: [seen(incarnation)],
    };
  }
  return {
    id: `hq:taken:${incarnation}`,
    kind: 'hq_refused_facts',
    severity: 'act',
    since: iso(to),
    title: {
      en: `${refused.length} from another box could not be taken over`,
      zh: `另一台主机的 ${refused.length} 项未能接管`,
    },
    detail: {
      en: `${applied} were. First of the others: ${first.what} ${first.id}: ${first.message.en}. Enter again what still counts`,
      zh: `已接管 ${applied} 项。未能接管的第一项:${first.what} ${first.id}:${first.message.zh}。仍有效的请重新录入`,
    },
    subject: { life: incarnation, applied, refused: refused.slice(0, LIST_MAX) },
    actions: [seen(incarnation)],
  };
}

function stuckFacts({ stuckFacts: piece }: HeadOfficeStatus): InboxItem[] {
  if (piece === null) return [];
  const { incarnation, segment, since } = piece;
  return [
    {
      id: `hq:stuck:${incarnation}`,
      kind: 'hq_life',
      severity: 'act',
      since,
      title: {
        en: 'What another box did cannot be read here',
        zh: '无法读取另一台主机的记录',
      },
      detail: {
        en: 'bring this box up to date; if that does not help, they were damaged: call support. It is tried again by itself; books still come, and decisions of head office wait until then',
        zh: '请升级本机;如仍无法读取,说明数据已损坏:请联系技术支持。系统会自动重试;配方册照常更新,总部的审批决定须等待',
      },
      subject: { life: incarnation, segment },
      actions: [],
    },
  ];
}

function seen(life: string) {
  const label = { en: 'Seen', zh: '已知悉' };
  return { label, command: { kind: 'takeover.dismiss', data: { life } } };
}
