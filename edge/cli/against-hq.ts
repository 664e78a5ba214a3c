/** The box's file against what head office has of it: the same chain, the same balances, how far behind. */
import type { Words } from '#recipes/contracts/command.ts';
import { type Cursor, cursorSchema } from '#recipes/contracts/sync.ts';
import { Stop, wrongUse } from './fail.ts';
import { type ComparedFile, openComparedFile } from './hq-compare-store.ts';

export type HqComparison = {
  readonly ok: boolean;
  readonly incarnation: string;
  /** Newest entry of the box, and how far head office is. */
  readonly seq: number;
  readonly ackedSeq: number;
  readonly behind: number;
  readonly sameChain: boolean;
  /** null = head office did not say its own, or the chains differ already. */
  readonly sameBalances: boolean | null;
  /** Balances that head office itself found to differ. */
  readonly differences: number | null;
  /** What is not as it should be, in words. */
  readonly findings: readonly Words[];
};

export type HqAddress = { readonly url: string; readonly token: string; readonly store: string };

const WITHIN_MS = 30_000;

/** @throws Stop when head office is not set up, does not answer, or does not know the store */
export async function compareWithHq(
  file: string,
  address: HqAddress,
  progress: (done: number, total: number) => void,
): Promise<HqComparison> {
  const compared = openComparedFile(file);
  try {
    const { incarnation } = compared;
    if (incarnation === undefined) throw neverStarted();
    const cursor = await askCursor(address, incarnation);
    return compare(compared, incarnation, cursor, progress);
  } finally {
    compared.close();
  }
}

function compare(
  file: ComparedFile,
  incarnation: string,
  cursor: Cursor,
  progress: (done: number, total: number) => void,
): HqComparison {
  const { ackedSeq, ackedHash, stateDigest } = cursor;
  const sameChain = file.hashAt(ackedSeq) === ackedHash;
  const compared = sameChain && typeof stateDigest === 'string';
  const digest = compared ? file.digestAt(ackedSeq, (done) => progress(done, ackedSeq)) : undefined;
  const sameBalances = digest === undefined ? null : digest === stateDigest;
  const differences = cursor.differences ?? null;
  const findings = [
    ...(cursor.known === false ? [UNKNOWN] : []),
    ...(ackedSeq > file.seq ? [knowsMore(ackedSeq, file.seq)] : []),
    ...(!sameChain && ackedSeq <= file.seq ? [otherHash(ackedSeq)] : []),
    ...(sameBalances === false ? [otherBalances(ackedSeq)] : []),
    ...(differences !== null && differences > 0 ? [counted(differences)] : []),
  ];
  return {
    ok: findings.length === 0,
    incarnation,
    seq: file.seq,
    ackedSeq,
    behind: Math.max(0, file.seq - ackedSeq),
    sameChain,
    sameBalances,
    differences,
    findings,
  };
}

async function askCursor({ url, token, store }: HqAddress, incarnation: string): Promise<Cursor> {
  if (url === '' || token === '') {
    throw wrongUse(
      'set LARDER_HQ_URL and LARDER_HQ_TOKEN to compare with head office',
      '与总部核对需要设置 LARDER_HQ_URL 和 LARDER_HQ_TOKEN',
    );
  }
  const bare = url.replace(/[?#].*$/, '').replace(/\/+$/, '');
  const base = bare.endsWith('/hq/v1') ? bare : `${bare}/hq/v1`;
  const path = `/stores/${encodeURIComponent(store)}/cursor?incarnation=${incarnation}`;
  let response: Response;
  try {
    response = await fetch(`${base}${path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(WITHIN_MS),
    });
  } catch {
    throw new Stop('hq_away', {
      en: `head office does not answer at ${base}`,
      zh: `总部 ${base} 无应答`,
    });
  }
  const body = await response.json().catch(() => undefined);
  if (!response.ok) throw refused(response.status, body);
  const cursor = cursorSchema.safeParse(body);
  if (cursor.success) return cursor.data;
  throw new Stop('hq_answer', {
    en: `what answers at ${base} is no head office of this version`,
    zh: `${base} 的应答不是本版本的总部`,
  });
}

function refused(status: number, body: unknown): Stop {
  const said = (body ?? {}) as { code?: unknown; detail?: unknown };
  const detail = typeof said.detail === 'string' ? said.detail : `status ${status}`;
  return new Stop(typeof said.code === 'string' ? said.code : `http_${status}`, {
    en: `head office refuses: ${detail}`,
    zh: `总部拒绝:${detail}`,
  });
}

function neverStarted(): Stop {
  return new Stop('no_life', {
    en: 'the file has no life yet: start the box once',
    zh: '数据库尚无编号:请先启动一次主机',
  });
}

const UNKNOWN: Words = {
  en: 'head office has never heard of this box; does the bridge run?',
  zh: '总部尚未收到过本机数据;同步程序是否在运行?',
};

function knowsMore(acked: number, seq: number): Words {
  return {
    en: `head office has ${acked} entries, this box ${seq}: it lost its newest ones, or a copy of it works elsewhere`,
    zh: `总部有 ${acked} 条记录,本机仅 ${seq} 条:本机丢失了最新记录,或另有副本在运行`,
  };
}

function otherHash(seq: number): Words {
  return {
    en: `entry ${seq} is another one at head office: the two went apart`,
    zh: `第 ${seq} 条记录与总部不同:两边已分叉`,
  };
}

function otherBalances(seq: number): Words {
  return {
    en: `the balances after entry ${seq} are others at head office`,
    zh: `第 ${seq} 条记录之后的库存与总部不一致`,
  };
}

function counted(differences: number): Words {
  return {
    en: `head office counts ${differences} balances that differ`,
    zh: `总部统计有 ${differences} 项库存不一致`,
  };
}
