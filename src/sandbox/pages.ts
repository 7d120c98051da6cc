import type { IncomingMessage, ServerResponse } from 'node:http';
import { send } from './http.ts';
import type { World } from './world.ts';
export function answerPage(
  _world: World,
  _request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  send(response, { status: 200, body: '' });
  return Promise.resolve();
}
