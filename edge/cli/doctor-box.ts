/** The running box: pages, broker, terminals, and what waits for a person. Or, without one, its ports. */
import { createServer } from 'node:http';
import { openMqttOnce } from '../runtime/mqtt-client.ts';
import { askBox, callBox } from './box-client.ts';
import { bad, type Finding, ok, type Patient } from './doctor-finding.ts';
import { examinePrinters } from './doctor-print.ts';
import { type RunningBox, readRunning, runningBox } from './place.ts';
import { addressOf } from './terminal-line.ts';

/** Findings about the running box: broker, terminals, what needs a person. */
export async function examineBox(patient: Patient): Promise<Finding[]> {
  if (!readRunning(patient.data)) return await withoutBox(patient);
  const box = runningBox(patient.around);
  const answer = await callBox(box, 'GET', '/readyz').catch(() => undefined);
  if (answer === undefined) {
    const what = [`nobody answers at ${box.httpUrl}`, `${box.httpUrl} 无应答`] as const;
    return [
      bad('fail', 'box', what, [
        'look into the log of the box, then restart it',
        '请查看主机日志并重启',
      ]),
    ];
  }
  const { problems = [] } = answer.body as { problems?: string[] };
  const ready =
    answer.status === 200
      ? ok(
          'box',
          `the box runs (process ${box.pid}) at ${box.httpUrl}`,
          `主机运行中(进程 ${box.pid}),${box.httpUrl}`,
        )
      : bad(
          'fail',
          'box',
          [`the box is not ready: ${problems.join(', ')}`, `主机未就绪:${problems.join('、')}`],
          ['see the checks below', '请查看以下各项'],
        );
  return [
    ready,
    ...(await broker(patient, box)),
    ...(await terminals(box)),
    ...(await examinePrinters(box)),
    ...(await waiting(box)),
  ];
}

async function withoutBox({ config }: Patient): Promise<Finding[]> {
  const ports = [
    ['LARDER_HTTP_PORT', config.httpHost, config.httpPort],
    ...(config.mqttUrl === ''
      ? [['LARDER_MQTT_PORT', config.mqttHost, config.mqttPort] as const]
      : []),
  ] as const;
  const findings = [
    bad(
      'warn',
      'box',
      ['no box runs here', '主机未运行'],
      ['npm start, or npm run demo for sample data', 'npm start,或使用演示数据 npm run demo'],
    ),
  ];
  for (const [name, host, port] of ports) {
    const why = await whyNotFree(host, port);
    findings.push(
      why === undefined
        ? ok('port', `${host}:${port} is free (${name})`, `${host}:${port} 可用(${name})`)
        : bad(
            'fail',
            'port',
            [`${host}:${port} cannot be used: ${why}`, `${host}:${port} 不可用:${why}`],
            [
              `end the other program, or set ${name} to another port`,
              `请关闭占用程序,或将 ${name} 设为其他端口`,
            ],
          ),
    );
  }
  return findings;
}

/** Undefined when a server could listen there now. */
export function whyNotFree(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(
        error.code === 'EADDRINUSE' ? 'in use by another program' : (error.code ?? error.message),
      );
    });
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

async function broker({ config }: Patient, box: RunningBox): Promise<Finding[]> {
  const { host, port } = addressOf(box);
  const where = `${host}:${port}`;
  const [terminal, account] = Object.entries(box.secrets.posTerminals)[0] ?? ['T1', undefined];
  if (!account) return [];
  const options = {
    clientId: `larder-doctor-${process.pid}`,
    where: () => ({ host, port }),
    ...account,
  };
  try {
    const link = await openMqttOnce({ ...options, subscribe: [] });
    await link.close();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [
      bad(
        'fail',
        'broker',
        [
          `${terminal} cannot sign in at MQTT ${where}: ${why}`,
          `${terminal} 无法登录 MQTT ${where}:${why}`,
        ],
        [
          'is the address right, and has the broker the password of secrets.json?',
          '请检查地址,以及代理中的密码是否与 secrets.json 一致',
        ],
      ),
    ];
  }
  const fine = ok(
    'broker',
    `${terminal} signs in at MQTT ${where}`,
    `${terminal} 可登录 MQTT ${where}`,
  );
  if (await refusesForeignTopic(options, box.store))
    return [fine, ok('topics', 'a topic of others is refused', '越权主题已被拒绝')];
  return [
    fine,
    bad(
      'fail',
      'topics',
      [`${terminal} may read topics that are not its own`, `${terminal} 可读取不属于它的主题`],
      [
        config.mqttUrl === ''
          ? 'report this as a bug of Larder'
          : 'load the access rules in edge/mosquitto/topics.acl into the broker',
        config.mqttUrl === '' ? '请作为缺陷上报' : '请在代理中加载 edge/mosquitto/topics.acl',
      ],
    ),
  ];
}

/** By a subscription: a refused publish is dropped by Mosquitto without a word. */
async function refusesForeignTopic(
  options: Omit<Parameters<typeof openMqttOnce>[0], 'subscribe'>,
  store: string,
): Promise<boolean> {
  const attempt = openMqttOnce({ ...options, subscribe: [`larder/v1/${store}/doctor/probe`] });
  const link = await attempt.catch(() => undefined);
  await link?.close();
  return link === undefined;
}

type Status = { terminals: { terminal: string; state: string; lastEventAt: string | null }[] };

async function terminals(box: RunningBox): Promise<Finding[]> {
  const status = await askBox<Status>(box, 'GET', '/api/v1/status');
  return status.terminals.map(({ terminal, state, lastEventAt }) => {
    const seen = lastEventAt === null ? undefined : (Date.now() - Date.parse(lastEventAt)) / 60_000;
    const [en, zh] =
      seen === undefined
        ? [
            `${terminal} has sent nothing since the box started`,
            `${terminal} 自主机启动以来未发送事件`,
          ]
        : [
            `${terminal} is ${state}, last heard ${Math.round(seen)} min ago`,
            `${terminal} ${state},${Math.round(seen)} 分钟前有消息`,
          ];
    if (state === 'lost' || (seen !== undefined && seen > 24 * 60)) {
      return bad(
        'warn',
        'pos',
        [en, zh],
        ['is the terminal on, and in the same network?', '请检查终端是否开机并在同一网络'],
      );
    }
    return ok('pos', en, zh);
  });
}

const KINDS: readonly (readonly [id: string, kinds: readonly string[], en: string, zh: string])[] =
  [
    ['gaps', ['gap'], 'gaps in the numbers of a terminal', '终端序号缺口'],
    ['unmapped', ['unknown_sku'], 'dishes that the book does not know', '未匹配菜品'],
    [
      'quarantine',
      ['quarantined', 'conflict', 'poison'],
      'events that were not understood',
      '无法识别的事件',
    ],
    ['negative', ['negative'], 'items below zero', '负库存物料'],
  ];

async function waiting(box: RunningBox): Promise<Finding[]> {
  const { items } = await askBox<{ items: { kind: string }[] }>(box, 'GET', '/api/v1/inbox');
  return KINDS.map(([id, kinds, en, zh]) => {
    const count = items.filter(({ kind }) => kinds.includes(kind)).length;
    if (count === 0) return ok(id, `no ${en}`, `无${zh}`);
    return bad(
      'warn',
      id,
      [`${count} ${en}`, `${count} 项${zh}`],
      [
        'larder inbox lists them; the page has a button for each',
        '运行 larder inbox 查看;页面上可一键处理',
      ],
    );
  });
}
