/** What the program says once, at the first start: where the first browser goes, with the token. */
import { reachOf } from './reach.ts';

/** @param host what the box listens on */
export function welcome(host: string, port: number, adminToken: string): string {
  const { lan, loopbackOnly } = reachOf(host);
  const here = `http://${loopbackOnly ? host : '127.0.0.1'}:${port}/#token=${adminToken}`;
  const others = loopbackOnly
    ? [
        'Tablets cannot reach it yet: start it with LARDER_HTTP_HOST=0.0.0.0',
        '平板暂时无法连接:请以 LARDER_HTTP_HOST=0.0.0.0 启动',
      ]
    : lan
        .slice(0, 1)
        .map((address) => `In the shop 店内: http://${address}:${port}/#token=${adminToken}`);
  return [
    '',
    'Larder runs for the first time. Set it up in a browser (said only once; the token is in secrets.json):',
    '首次启动。请在浏览器中完成设置(仅显示一次;令牌保存在 secrets.json):',
    '',
    `  ${here}`,
    ...others.map((line) => `  ${line}`),
    '',
    '',
  ].join('\n');
}
