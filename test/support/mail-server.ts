/** A mail server that keeps what it is sent. */
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { onceAfterwards } from './afterwards.ts';

export interface TestMailServer {
  /** For `SMTP_URL`. */
  readonly url: string;
  readonly messages: readonly string[];
  /** Waits for so many messages. */
  readonly received: (count: number) => Promise<readonly string[]>;
}

const PATIENCE_MS = 10_000;

/** Quoted-printable lines, joined (RFC 2045 §6.7). */
const plain = (message: string): string => message.replace(/=\r\n/g, '').replaceAll('=3D', '=');

export async function startMailServer(): Promise<TestMailServer> {
  const messages: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      void text(stream).then((message) => {
        messages.push(plain(message));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onceAfterwards(() => new Promise((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  const received = async (count: number): Promise<readonly string[]> => {
    const until = performance.now() + PATIENCE_MS;
    while (messages.length < count && performance.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 20));
    if (messages.length < count) throw new Error(`${messages.length} messages came, not ${count}.`);
    return messages;
  };
  return { url: `smtp://127.0.0.1:${port}`, messages, received };
}
