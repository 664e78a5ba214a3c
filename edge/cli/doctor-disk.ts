/** The data folder: who may read it, room and speed of its disk, size of the database, last backup. */
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { BACKUP_NOTE } from './backup-verbs.ts';
import { bad, type Finding, ok, type Patient } from './doctor-finding.ts';

const MB = 1_000_000;

export function examineDisk(patient: Patient): Finding[] {
  const { data } = patient;
  if (!existsSync(data)) {
    const what = [`${data} does not exist yet`, `${data} 尚不存在`] as const;
    return [
      bad('warn', 'data', what, ['the first npm start makes it', '首次 npm start 时会自动创建']),
    ];
  }
  return [
    rights('data', data, 0o700),
    ...(existsSync(join(data, 'secrets.json'))
      ? [rights('secrets', join(data, 'secrets.json'), 0o600)]
      : []),
    room(data),
    fsyncSpeed(data),
    ...sizes(data),
    lastBackup(data),
  ];
}

function rights(id: string, path: string, wanted: number): Finding {
  const mode = statSync(path).mode & 0o777;
  const said = mode.toString(8).padStart(4, '0');
  const should = wanted.toString(8).padStart(4, '0');
  if ((mode & ~wanted) === 0) return ok(id, `${path} (${said})`, `${path}(${said})`);
  return bad(
    'fail',
    id,
    [
      `${path} has rights ${said}: others on this machine can read it`,
      `${path} 权限为 ${said}:本机其他用户可读`,
    ],
    [`chmod ${should} ${path}`, `chmod ${should} ${path}`],
    () => chmodSync(path, wanted),
  );
}

function room(data: string): Finding {
  const { bavail, bsize, blocks } = statfsSync(data);
  const free = bavail * bsize;
  const share = Math.round((100 * bavail) / Math.max(1, blocks));
  const [en, zh] = [
    `${Math.round(free / MB)} MB free (${share} %)`,
    `剩余 ${Math.round(free / MB)} MB(${share}%)`,
  ];
  if (free >= 2_000 * MB) return ok('disk', en, zh);
  const remedy = [
    'make room: a million sales need about 3 GB; a full disk stops acknowledging sales',
    '请清理磁盘:一百万单约需 3 GB;磁盘写满后将无法确认销售',
  ] as const;
  return bad(free < 200 * MB ? 'fail' : 'warn', 'disk', [en, zh], remedy);
}

const WRITES = 20;

/** Each acknowledged group costs one of these. */
function fsyncSpeed(data: string): Finding {
  const file = join(data, `.doctor-${process.pid}`);
  const times: number[] = [];
  try {
    const fd = openSync(file, 'w', 0o600);
    try {
      for (let i = 0; i < WRITES; i++) {
        const started = performance.now();
        writeSync(fd, Buffer.alloc(4_096, i));
        fsyncSync(fd);
        times.push(performance.now() - started);
      }
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return bad(
      'fail',
      'fsync',
      [`cannot write to ${data}: ${why}`, `无法写入 ${data}:${why}`],
      ['give the folder to the user who runs the box', '请将该目录授权给运行主机的用户'],
    );
  } finally {
    rmSync(file, { force: true });
  }
  const sorted = times.sort((a, b) => a - b);
  const median = sorted[WRITES / 2] ?? 0;
  const worst = sorted.at(-1) ?? 0;
  const figures = `${median.toFixed(2)} ms, worst ${worst.toFixed(2)} ms`;
  const [en, zh] = [
    `a write to disk takes ${figures} (${WRITES} tried)`,
    `写盘 ${median.toFixed(2)} 毫秒,最慢 ${worst.toFixed(2)} 毫秒(${WRITES} 次)`,
  ];
  if (median > 50) {
    return bad(
      'warn',
      'fsync',
      [en, zh],
      [
        'the disk is slow: put the data folder on an SSD, not on an SD card or a network drive',
        '磁盘较慢:请将数据目录放在固态硬盘上',
      ],
    );
  }
  if (median < 0.02) {
    return bad(
      'warn',
      'fsync',
      [`${en}: too fast to be a real disk`, `${zh}:过快,可能不是真实磁盘`],
      [
        'a memory disk loses sales when the power goes: use a local SSD',
        '内存盘断电会丢失销售:请使用本地固态硬盘',
      ],
    );
  }
  return ok('fsync', en, zh);
}

function sizes(data: string): Finding[] {
  const file = join(data, 'larder.db');
  if (!existsSync(file)) return [];
  const size = (path: string) => (existsSync(path) ? statSync(path).size / MB : 0);
  const [database, log] = [size(file), size(`${file}-wal`)];
  const [en, zh] = [
    `database ${database.toFixed(1)} MB, its log ${log.toFixed(1)} MB`,
    `数据库 ${database.toFixed(1)} MB,日志 ${log.toFixed(1)} MB`,
  ];
  if (log <= 200) return [ok('database', en, zh)];
  return [
    bad(
      'warn',
      'database',
      [en, zh],
      [
        'the log does not shrink while something reads for long: end long exports, then restart the box',
        '长时间读取会使日志无法收缩:请结束长导出后重启主机',
      ],
    ),
  ];
}

const BACKUP_DAYS = 7;

function lastBackup(data: string): Finding {
  const remedy = [
    'larder backup FILE, on another disk, every day (cron)',
    '请每天执行 larder backup 文件(放在另一块磁盘,可用 cron)',
  ] as const;
  const file = join(data, BACKUP_NOTE);
  if (!existsSync(file)) {
    const database = statSync(join(data, 'larder.db'), { throwIfNoEntry: false });
    const isNew = database === undefined || Date.now() - database.birthtimeMs < 86_400_000;
    const what = ['there was no backup yet', '尚未备份'] as const;
    return isNew ? ok('backup', ...what) : bad('warn', 'backup', what, remedy);
  }
  const { at } = JSON.parse(readFileSync(file, 'utf8')) as { at: string };
  const days = (Date.now() - Date.parse(at)) / 86_400_000;
  const [en, zh] = [
    `last backup ${at} (${days.toFixed(1)} days ago)`,
    `最近备份 ${at}(${days.toFixed(1)} 天前)`,
  ];
  return days <= BACKUP_DAYS ? ok('backup', en, zh) : bad('warn', 'backup', [en, zh], remedy);
}
