/** State of the box: what needs a person, commands, status, news. */
import { Hono } from 'hono';
import { type Command, type CommandResult, commandsSchema } from '#recipes/contracts/command.ts';
import type { Sender } from '../commands/execute.ts';
import { isStorageFault } from '../db/storage-fault.ts';
import type { InboxItem } from '../inbox/inbox-item.ts';
import type { Log } from '../runtime/log.ts';
import type { AuthEnv } from './auth.ts';
import type { News } from './news.ts';
import { problem } from './problem.ts';

export type SystemRouteParts = {
  readonly execute: (command: Command, sender: Sender) => CommandResult;
  /** What a command would do; nothing happens. */
  readonly rehearse: (command: Command, sender: Sender) => CommandResult;
  readonly inbox: () => InboxItem[];
  readonly status: () => Record<string, unknown>;
  readonly news: News;
  /** Present in the demo only. */
  readonly demo: { speed(): number; setSpeed(speed: number): void } | undefined;
  readonly log: Log;
};

export function systemRoutes(parts: SystemRouteParts): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.get('/status', (c) =>
    c.json({
      ...parts.status(),
      demo: parts.demo !== undefined,
      ...(parts.demo ? { speed: parts.demo.speed() } : {}),
    }),
  );
  app.get('/inbox', (c) => c.json({ items: parts.inbox() }));
  app.get('/stream', (c) => parts.news.stream(c, c.get('sender').device));
  app.post('/commands', async (c) => {
    const body = commandsSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) {
      const [issue] = body.error.issues;
      const what = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
      return problem(c, 400, 'bad_commands', {
        en: `send {"commands":[{"id","kind","data"}]}; ${what}`,
        zh: `请发送 {"commands":[{"id","kind","data"}]};${what}`,
      });
    }
    try {
      const asked = /^(1|true)$/.test(c.req.query('dryRun') ?? '');
      const rehearsal = asked || body.data.dryRun === true;
      const door = rehearsal ? parts.rehearse : parts.execute;
      const sender = c.get('sender');
      const results = body.data.commands.map((command) =>
        carryOut(parts.log, command, () => door(command, sender)),
      );
      return c.json({ results });
    } catch (error) {
      if (!isStorageFault(error)) throw error;
      parts.log.error({ err: error }, 'a command could not be stored');
      return problem(c, 503, 'cannot_store', {
        en: 'the box cannot write to its disk now; send the same commands again',
        zh: '主机暂时无法写盘;请重发相同的命令',
      });
    }
  });
  app.post('/demo/speed', async (c) => {
    const said = (await c.req.json().catch(() => undefined)) as { speed?: unknown } | undefined;
    const speed = Number(said?.speed);
    if (!parts.demo || !(speed >= 0 && speed <= 1_000)) {
      return problem(c, 400, 'no_demo', {
        en: 'only the demo has a speed, from 0 to 1000',
        zh: '仅演示模式可设置速度(0 至 1000)',
      });
    }
    parts.demo.setSpeed(speed);
    return c.json({ speed });
  });
  return app;
}

/** One command that fails must not take the answers of the others with it. */
function carryOut(log: Log, command: Command, door: () => CommandResult): CommandResult {
  try {
    return door();
  } catch (error) {
    if (isStorageFault(error)) throw error;
    log.error({ err: error, command: command.id }, 'a command could not be carried out');
    const message = {
      en: 'a fault of the box; nothing of this command was done, its log says more',
      zh: '主机内部错误;此命令未执行,详见日志',
    };
    return { id: command.id, status: 'rejected', code: 'internal', message };
  }
}
