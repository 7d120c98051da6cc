/** A browser at one Rollcall: it keeps cookies as one does, fills in the portal's forms, and calls the API as its scripts do. */
import { request } from 'undici';
import { z } from 'zod';
import type { Method } from './api.ts';

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Where it leads, or nothing. */
  readonly location: string;
  readonly setCookies: readonly string[];
}

export interface JsonAnswer {
  readonly status: number;
  readonly headers: PageAnswer['headers'];
  readonly body: unknown;
}

const csrfSchema = z.looseObject({ csrfToken: z.string() });

export class PortalBrowser {
  readonly url: string;
  readonly cookies = new Map<string, string>();
  /** The token that the page carried which was read last. */
  csrf = '';

  constructor(url: string) {
    this.url = url;
  }

  async #ask(
    method: Method,
    path: string,
    body: string | null,
    headers: Readonly<Record<string, string>>,
  ): Promise<PageAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const all = { ...headers, ...(cookie !== '' && { cookie }) };
    const answer = await request(this.url + path, { method, body, headers: all });
    const setCookies = [answer.headers['set-cookie'] ?? []].flat();
    this.#keep(setCookies);
    const location = [answer.headers.location ?? ''].flat()[0] ?? '';
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: await answer.body.text(),
      location,
      setCookies,
    };
  }

  #keep(setCookies: readonly string[]): void {
    for (const each of setCookies) {
      const [name = '', value = ''] = each.split(';')[0]?.split('=') ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }

  async get(path: string): Promise<PageAnswer> {
    const page = await this.#ask('GET', path, null, {});
    this.csrf = /data-csrf="([^"]*)"/.exec(page.text)?.[1] ?? this.csrf;
    return page;
  }

  /** Sends a form of the page that was read last. */
  async post(path: string, fields: Readonly<Record<string, string>>, csrf = this.csrf): Promise<PageAnswer> {
    const body = new URLSearchParams({ csrf, ...fields }).toString();
    return this.#ask('POST', path, body, { 'content-type': 'application/x-www-form-urlencoded' });
  }

  /** Calls the API as a script of our own page does. */
  async api(
    method: Method,
    path: string,
    body?: unknown,
    csrf = this.csrf,
    more: Readonly<Record<string, string>> = {},
  ): Promise<JsonAnswer> {
    const headers = {
      ...more,
      'x-csrf-token': csrf,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const content = body === undefined ? null : JSON.stringify(body);
    const { status, headers: given, text } = await this.#ask(method, `/api/v1${path}`, content, headers);
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    this.csrf = csrfSchema.safeParse(parsed).data?.csrfToken ?? this.csrf;
    return { status, headers: given, body: parsed };
  }

  /** The first step of signing in. */
  async signIn(username: string, password: string, next = '/'): Promise<PageAnswer> {
    await this.get('/sign-in');
    return this.post('/sign-in', { username, password, next });
  }
}
