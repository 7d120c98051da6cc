/** What is done to a sandbox without SCIM, or read of it. */
import { request } from 'undici';

/** `control('POST', '/tokens', {})`, and so on. */
export type Control = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH',
  path: string,
  body?: unknown,
) => Promise<unknown>;

export const controlOf =
  (url: string): Control =>
  async (method, path, body) => {
    const answer = await request(`${url}/_control${path}`, {
      method,
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${text}`);
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    return parsed;
  };
