/** The machine: Node, the program's files, SQLite, the clock, and the settings. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installation } from '../installation.ts';
import { bad, type Finding, ok, type Patient } from './doctor-finding.ts';
import { sqliteVersion } from './doctor-store.ts';

export function examineMachine(patient: Patient): Finding[] {
  return [node(), program(), sqlite(), clock(), zone(patient)];
}

function node(): Finding {
  const { version, arch, platform } = process;
  const what = `Node ${version} (${platform} ${arch})`;
  if (Number(process.versions.node.split('.')[0]) >= 24) return ok('node', what, what);
  return bad(
    'fail',
    'node',
    [`${what} is too old`, `${what} 版本过低`],
    ['run the tool with: npm run larder -- doctor', '请使用:npm run larder -- doctor'],
  );
}

function program(): Finding {
  const { migrations, pages } = installation();
  if (!existsSync(join(migrations, 'meta', '_journal.json'))) {
    return bad(
      'fail',
      'program',
      [`${migrations} is missing`, `缺少 ${migrations}`],
      ['install again: npm ci && npm run build', '请重新安装:npm ci && npm run build'],
    );
  }
  if (!existsSync(join(pages, 'index.html'))) {
    return bad(
      'warn',
      'program',
      ['the pages are not built', '页面尚未构建'],
      ['npm run build', 'npm run build'],
    );
  }
  return ok('program', 'the program is complete', '程序文件完整');
}

function sqlite(): Finding {
  try {
    const version = sqliteVersion();
    return ok('sqlite', `SQLite ${version}`, `SQLite ${version}`);
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return bad(
      'fail',
      'sqlite',
      [`better-sqlite3 does not load: ${why}`, `better-sqlite3 无法加载:${why}`],
      [
        'install again: npm ci (it comes ready made for Linux, macOS and Windows)',
        '请重新安装:npm ci',
      ],
    );
  }
}

/** Nothing decides by the clock, but people read its times: one before this program was made is wrong. */
function clock(): Finding {
  const built = statSync(fileURLToPath(import.meta.url)).mtimeMs;
  const now = new Date();
  if (now.getTime() >= built - 86_400_000)
    return ok('clock', `clock ${now.toISOString()}`, `时钟 ${now.toISOString()}`);
  return bad(
    'fail',
    'clock',
    [
      `the clock says ${now.toISOString()}, before this program was made`,
      `时钟为 ${now.toISOString()},早于程序构建时间`,
    ],
    ['set the clock: sudo timedatectl set-ntp true', '请校时:sudo timedatectl set-ntp true'],
  );
}

function zone({ config }: Patient): Finding {
  const local = new Intl.DateTimeFormat('sv-SE', {
    timeZone: config.timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date());
  return ok(
    'timezone',
    `${config.timezone}: it is ${local}; a business day starts at ${config.dayStart}`,
    `${config.timezone}:现在 ${local};营业日自 ${config.dayStart} 起`,
  );
}
