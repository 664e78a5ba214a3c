/** What the demo says when it is ready: short, complete, ready to copy. */
import { DEMO_PIN } from './shop.ts';

export type BannerFacts = {
  readonly httpUrl: string;
  readonly adminToken: string;
  /** The chain's board, signed in. */
  readonly chainUrl: string;
  readonly mqtt: { readonly host: string; readonly port: number };
  readonly account: { readonly username: string; readonly password: string };
  /** Topic of the terminal's events. */
  readonly topic: string;
  /** An event id that was not used yet. */
  readonly eventId: string;
  readonly speed: number;
  /** The log, as the person would write its path. */
  readonly log: string;
  /** Set when the data folder is not the usual one: the tool must be told. */
  readonly data: string | undefined;
  /** Ports that were taken: wanted and used. */
  readonly moved: readonly (readonly [wanted: number, used: number])[];
};

export function banner(facts: BannerFacts): string {
  const { mqtt, account } = facts;
  const event = `{"id":"${facts.eventId}","items":[{"sku":"M-1001","qty":2}]}`;
  const tool = facts.data === undefined ? '' : `LARDER_DATA=${facts.data} `;
  return [
    '',
    'Larder demo: two restaurants with a box and two tills each, and the head office of both',
    `Larder 演示:两家餐厅(各一台主机、两台通过 MQTT 销售的收银机)与总部(速度 ×${facts.speed})`,
    ...facts.moved.map(
      ([wanted, used]) =>
        `  port ${wanted} is taken, using ${used} / 端口 ${wanted} 被占用,改用 ${used}`,
    ),
    '',
    `  Board 看板   ${facts.httpUrl}/#token=${facts.adminToken}`,
    `  Chain 总部   ${facts.chainUrl}`,
    `  Manager 经理 PIN ${DEMO_PIN}`,
    `  API 文档     ${facts.httpUrl}/api/docs`,
    `  MQTT         mqtt://${mqtt.host}:${mqtt.port}   user 用户 ${account.username}   password 密码 ${account.password}`,
    '',
    'Try it in another terminal / 另开一个终端试试:',
    '',
    `  mosquitto_pub -h ${mqtt.host} -p ${mqtt.port} -u ${account.username} -P ${account.password} -q 1 -t ${facts.topic} -m '${event}'`,
    `  ${tool}npm run larder -- pos sell M-1001:2`,
    '',
    `Log 日志: ${facts.log}   Ctrl+C ends all of it / Ctrl+C 全部结束`,
    '',
  ].join('\n');
}
