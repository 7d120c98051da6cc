/** Loaded into each Rollcall before it starts: its requests say which process sent them, so that the sandbox can tell writers apart. */
import { subscribe } from 'node:diagnostics_channel';

subscribe('undici:request:create', (message) => {
  const { request } = /** @type {{ request: { addHeader: (name: string, value: string) => void } }} */ (
    message
  );
  request.addHeader('x-chaos-writer', process.env.CHAOS_WRITER ?? 'nobody');
});
