/** A mail server that keeps what it gets: just enough SMTP for a real client, answers as a test wants. */

import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

export type SmtpSink = {
  readonly url: string;
  /** Messages as they came, headers and body. */
  readonly mails: string[];
  /** Answers to the end of DATA, one each, then 250 for good; `hang` = no answer at all. */
  readonly answers: (string | 'hang')[];
  /** So long it looks a message through before it answers, milliseconds. */
  slowMs: number;
  /** Users and passwords that were shown. */
  readonly logins: string[];
  close(): Promise<void>;
};

export async function openSmtpSink(): Promise<SmtpSink> {
  const mails: string[] = [];
  const answers: string[] = [];
  const logins: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket, { mails, answers, logins, slow: () => sink.slowMs });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const sink: SmtpSink = {
    slowMs: 0,
    url: `smtp://kitchen:s3cret@127.0.0.1:${port}`,
    mails,
    answers,
    logins,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return sink;
}

function serve(
  socket: Socket,
  {
    mails,
    answers,
    logins,
    slow,
  }: Pick<SmtpSink, 'mails' | 'answers' | 'logins'> & { readonly slow: () => number },
): void {
  let buffered = '';
  let data: string[] | undefined;
  const say = (line: string) => socket.write(`${line}\r\n`);
  say('220 sink ESMTP');
  socket.on('data', (chunk) => {
    buffered += chunk.toString('utf8');
    for (;;) {
      const end = buffered.indexOf('\r\n');
      if (end < 0) return;
      const line = buffered.slice(0, end);
      buffered = buffered.slice(end + 2);
      if (data !== undefined) {
        if (line !== '.') data.push(line.replace(/^\./, ''));
        else {
          const answer = answers.shift() ?? '250 kept';
          if (answer.startsWith('250')) mails.push(data.join('\n'));
          data = undefined;
          if (answer !== 'hang') setTimeout(() => say(answer), slow());
        }
        continue;
      }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') {
        say('250-sink');
        say('250 AUTH PLAIN');
      } else if (verb === 'AUTH') {
        logins.push(Buffer.from(line.split(' ')[2] ?? '', 'base64').toString('utf8'));
        say('235 welcome');
      } else if (verb === 'DATA') {
        data = [];
        say('354 go on');
      } else if (verb === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say('250 ok');
    }
  });
}

/** The text of a mail's first text part, decoded. */
export function mailText(mail: string): string {
  const part = mail.split(/\n(?=--)/).find((one) => /content-type: text\/plain/i.test(one)) ?? mail;
  const [head = '', ...body] = part.split('\n\n');
  const raw = body.join('\n\n');
  if (/base64/i.test(head))
    return Buffer.from(raw.split('\n--')[0] ?? '', 'base64').toString('utf8');
  if (!/quoted-printable/i.test(head)) return raw;
  const bytes = raw.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => {
    return String.fromCharCode(Number.parseInt(hex, 16));
  });
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
