/** The cable between a browser and a server: it can be pulled and plugged in again. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onceAfterwards } from './afterwards.ts';

export interface Cable {
  /** Of the server, through the cable. */
  readonly url: string;
  /** Every connection breaks off, and no other is made. */
  readonly pull: () => void;
  readonly plug: () => void;
}

/** One to the server at this address; it ends with the test file. */
export async function startCable(url: string): Promise<Cable> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  let plugged = true;
  const keep = (socket: Socket): Socket => {
    open.add(socket);
    // One end that breaks off takes the other with it; that it did is no failure of the test's.
    return socket.on('error', () => undefined).on('close', () => open.delete(socket));
  };
  const server = createServer((near) => {
    if (!plugged) return void near.destroy();
    const far = keep(connect(Number(port), hostname));
    keep(near).on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, hostname, resolve));
  const pull = (): void => {
    plugged = false;
    for (const socket of open) socket.destroy();
  };
  onceAfterwards(async () => {
    pull();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port: own } = server.address() as AddressInfo;
  return { url: `http://${hostname}:${own}`, pull, plug: () => void (plugged = true) };
}
