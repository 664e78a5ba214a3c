/** `larder backup FILE` and `larder restore FILE` */
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { lockDatabase } from '../db/lock.ts';
import { installation } from '../installation.ts';
import { realPorts } from '../runtime/ports.ts';
import { checkCopy, copyDatabase } from '../setup/backup-store.ts';
import { draftOf, flush, prepareRestore, putInPlace } from '../setup/restore.ts';
import { EXIT, Stop, wrongUse } from './fail.ts';
import { databaseFolder, dataFolders, readRunning } from './place.ts';
import { addVerb, argument, type Hang, type Run } from './verb.ts';

export function addBackup(root: Command, hang: Hang): void {
  addVerb(
    root,
    hang,
    'backup <file>',
    'a consistent copy, on a running or stopped box / 备份',
    backup,
  );
  addVerb(
    root,
    hang,
    'restore <file>',
    'put a backup in the place of the database / 恢复备份',
    restore,
  );
}

/** Where a data folder keeps when it was last backed up, for `doctor`. */
export const BACKUP_NOTE = 'backup.json';

const backup: Run = ({ around, out }, args) => {
  const target = resolve(around.here, argument(args, 0));
  const data = databaseFolder(around);
  if (existsSync(target)) {
    throw wrongUse(
      `${target} exists: a backup never overwrites`,
      `${target} 已存在:备份不会覆盖文件`,
    );
  }
  if (!existsSync(dirname(target))) {
    throw wrongUse(
      `the folder ${dirname(target)} does not exist`,
      `目录 ${dirname(target)} 不存在`,
    );
  }
  const draft = `${target}.part`;
  rmSync(draft, { force: true });
  copyDatabase(join(data, 'larder.db'), draft);
  const checked = checkCopy(draft);
  if (!checked.ok) {
    rmSync(draft, { force: true });
    throw badCopy(target, checked.why);
  }
  flush(draft);
  renameSync(draft, target);
  flush(dirname(target));
  const { seq, events, headHash } = checked;
  const at = new Date().toISOString();
  writeFileSync(join(data, BACKUP_NOTE), `${JSON.stringify({ at, file: target, seq })}\n`, {
    mode: 0o600,
  });
  const bytes = statSync(target).size;
  out.data({ file: target, seq, events, headHash, bytes });
  out.line({
    en: `${basename(target)}: ${seq} entries, ${events} events, ${megabytes(bytes)} MB, checked. It holds no passwords: keep secrets.json as well.`,
    zh: `${basename(target)}:分录 ${seq}、事件 ${events}、${megabytes(bytes)} MB,已校验。其中不含密码:请另存 secrets.json。`,
  });
  return EXIT.good;
};

const restore: Run = ({ around, out }, args) => {
  const source = resolve(around.here, argument(args, 0));
  if (!existsSync(source)) throw wrongUse(`${source} does not exist`, `${source} 不存在`);
  const data = folderToRestore(around);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const file = join(data, 'larder.db');
  const unlock = lockOrStop(file);
  try {
    const prepared = prepareRestore(draftOf(file, source), realPorts(), installation().migrations);
    if (!prepared.ok) throw badCopy(source, prepared.why);
    const { seq, events, incarnation, parent } = prepared;
    const aside = putInPlace(file, prepared, Date.now());
    out.data({ file, seq, events, incarnation, parent, aside: aside ?? null });
    const kept = aside === undefined ? undefined : basename(aside);
    out.line({
      en: `${file} is ${basename(source)} now (${seq} entries)${kept ? `; the old one is kept as ${kept}` : ''}. Start the box; terminals send what came after the backup again.`,
      zh: `${file} 已恢复为 ${basename(source)}(${seq} 条分录)${kept ? `;原文件保留为 ${kept}` : ''}。请启动主机;终端会重发备份之后的事件。`,
    });
    out.line(AT_HEAD_OFFICE);
    return EXIT.good;
  } finally {
    unlock();
  }
};

/** Said whether there is a head office or not: the verb is often used on another machine than the box. */
const AT_HEAD_OFFICE = {
  en:
    'With head office: at the first contact it knows the box as a new life of the same store, keeps what the old ' +
    'one sent, and hands it back: sales, deliveries, counts, orders. Nothing is printed or sent to suppliers again; ' +
    'what cannot be done again is listed in the inbox. Do not let the old box sell any more: head office raises an alarm when both do.',
  zh:
    '若使用总部:首次联网时,总部会识别为同一门店的新接续,保留原主机上传的内容,并交还本机:销售、收货、盘点、订单。' +
    '不会重复打印,也不会重复发送给供应商;无法重做的内容会列在待处理中。请勿让原主机继续营业:两台同时营业时总部会报警。',
};

/** Restoring is an act on the folder that is meant, also when there is no database in it yet. */
function folderToRestore(around: Parameters<typeof dataFolders>[0]): string {
  const folders = dataFolders(around);
  for (const folder of folders) {
    const running = readRunning(folder);
    if (running) throw stillRuns(folder, running.pid);
  }
  const found = folders.find((folder) => existsSync(join(folder, 'larder.db'))) ?? folders[0];
  return found ?? around.here;
}

function lockOrStop(file: string): () => void {
  try {
    return lockDatabase(file);
  } catch {
    throw stillRuns(dirname(file), undefined);
  }
}

function stillRuns(folder: string, pid: number | undefined): Stop {
  const which = pid === undefined ? '' : ` (process ${pid})`;
  return new Stop(
    'box_runs',
    { en: `a box runs in ${folder}${which}`, zh: `主机正在 ${folder} 中运行${which}` },
    { remedy: { en: 'stop it first (Ctrl+C), then restore', zh: '请先停止主机(Ctrl+C)再恢复' } },
  );
}

function badCopy(file: string, why: string): Stop {
  return new Stop(
    'bad_copy',
    { en: `${file} is no good copy: ${why}`, zh: `${file} 不是完好的备份:${why}` },
    { remedy: { en: 'larder fsck says how the database is', zh: '请运行 larder fsck 检查数据库' } },
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
