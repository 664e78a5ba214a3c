/** An order by e-mail: the text in both languages, the paper attached. The one place that knows the mailer. */
import { headline, type Message, messageLines, type Outcome } from './message.ts';

/** The mail server, the sender, the paper. */
export type MailParts = {
  /** `smtp://USER:PASSWORD@HOST:PORT` */
  readonly url: string;
  readonly from: string;
  /** Without a word of the server. */
  readonly timeoutMs: number;
  /** The order on A4; undefined = it could not be drawn, the text says everything. */
  readonly paper: Uint8Array | undefined;
};

/** A server that is there answers a call at once, whatever it does afterwards. */
const CONNECT_MS = 10_000;

/** Sends one message; never throws for what the server says. */
export async function sendMail(
  message: Message,
  { url, from, timeoutMs, paper }: MailParts,
  signal: AbortSignal,
): Promise<Outcome> {
  const { id, order, address } = message;
  // Loaded late: most boxes never send a mail.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: CONNECT_MS,
  });
  const name = `${order.order.replace(/[^A-Za-z0-9._-]/g, '_')}.pdf`;
  const attachments =
    paper === undefined
      ? []
      : [{ filename: name, content: Buffer.from(paper), contentType: 'application/pdf' }];
  const mail = {
    from,
    to: address,
    subject: `${headline('zh', message)} / ${headline('en', message)}`,
    text: [...messageLines('zh', message), '', ...messageLines('en', message), ''].join('\n'),
    // A server or reader that has this one already drops the second.
    messageId: `<${id.replace(/[^A-Za-z0-9.-]/g, '.')}@${message.store.id}.larder>`,
    headers: { 'X-Larder-Order': id },
    attachments,
  };
  try {
    await Promise.race([transport.sendMail(mail), ended(signal)]);
    return { kind: 'accepted' };
  } catch (error) {
    return refusalOf(error as SmtpError);
  } finally {
    transport.close();
  }
}

type SmtpError = Error & { readonly code?: string; readonly responseCode?: number };

/** 5xx and a wrong password stay wrong; 4xx and the network may recover. */
function refusalOf({ message, code, responseCode = 0 }: SmtpError): Outcome {
  const lasting =
    responseCode >= 500 || code === 'EAUTH' || (code === 'EENVELOPE' && responseCode === 0);
  return { kind: lasting ? 'refused' : 'later', error: message.slice(0, 300) };
}

function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(new Error(String(signal.reason ?? 'no answer')));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
