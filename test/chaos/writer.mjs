/**
 * Loaded into each Rollcall before it starts. Its requests say which process sent them, so that the sandbox can tell writers
 * apart; and it reaches the target by a line of its own (`CHAOS_ROUTE=port:port`), as if it were on another host.
 */
import { subscribe } from 'node:diagnostics_channel';
import net from 'node:net';

subscribe('undici:request:create', (message) => {
  const { request } = /** @type {{ request: { addHeader: (name: string, value: string) => void } }} */ (
    message
  );
  request.addHeader('x-chaos-writer', process.env.CHAOS_WRITER ?? 'nobody');
});

const [target, line] = (process.env.CHAOS_ROUTE ?? '').split(':');
const { connect } = net;

/**
 * @param {{ port?: unknown }} options
 * @param {unknown[]} rest
 */
const connectByLine = (options, ...rest) => {
  const by = String(options.port) === target ? { ...options, port: Number(line) } : options;
  return Reflect.apply(connect, net, [by, ...rest]);
};

if (line !== undefined) Object.assign(net, { connect: connectByLine });
