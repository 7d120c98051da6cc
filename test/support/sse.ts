/** A client of a stream of server-sent events. */
import { request } from 'undici';
import { until } from './scene.ts';

export interface Message {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: unknown;
}

export interface Listener {
  readonly messages: readonly Message[];
  /** Waits for a message of which this is true. */
  readonly heard: (what: string, is: (message: Message) => boolean) => Promise<Message>;
  readonly close: () => void;
  /** The server has ended it. */
  readonly ended: () => boolean;
}

function messageOf(block: string): Message | undefined {
  const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  const data = field('data');
  return data === undefined ? undefined : { id: field('id'), event: field('event'), data: JSON.parse(data) };
}

/** Connects; answers once the first bytes are there, so that whatever happens from then on is heard. */
export async function listen(
  url: string,
  key: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Listener> {
  const stop = new AbortController();
  const { body, statusCode } = await request(url, {
    headers: { authorization: `Bearer ${key}`, ...headers },
    signal: stop.signal,
  });
  if (statusCode !== 200) throw new Error(`${statusCode} ${await body.text()}`);
  const messages: Message[] = [];
  let text = '';
  let begun = false;
  let ended = false;
  body.setEncoding('utf8');
  body.on('data', (chunk: string) => {
    begun = true;
    const blocks = (text + chunk).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) messages.push(...[messageOf(block)].filter((each) => each !== undefined));
  });
  body.on('error', () => (ended = true));
  body.on('close', () => (ended = true));
  await until('the stream began', () => begun);
  return {
    messages,
    heard: async (what, is) => {
      await until(what, () => messages.some(is));
      const found = messages.find(is);
      if (found === undefined) throw new Error(what);
      return found;
    },
    close: () => stop.abort(),
    ended: () => ended,
  };
}
