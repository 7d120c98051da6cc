/**
 * As much of a browser as signing in needs: it keeps cookies, follows redirects and submits forms. Cookies are kept by origin
 * and not by host, so that servers on other ports of one address do not overwrite each other's.
 */
import { request, type Dispatcher } from 'undici';

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly text: string;
  /** Where a redirect leads that was not followed. */
  readonly location: URL | undefined;
  readonly headers: Dispatcher.ResponseData['headers'];
}

export interface Form {
  readonly action: URL;
  readonly fields: Readonly<Record<string, string>>;
}

const MOST_REDIRECTS = 20;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** HTML's text: `&#x2f;`, `&#47;` and the five names. */
export const unescaped = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole: string, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
    },
  );

const attributesOf = (tag: string): Record<string, string> =>
  Object.fromEntries(
    Array.from(tag.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g), ([, name = '', double, single]) => [
      name.toLowerCase(),
      unescaped(double ?? single ?? ''),
    ]),
  );

/** The first form of the page, as it would be submitted untouched. */
export function formOf(page: Page): Form {
  const [, tag = '', content = ''] = /<form\b([^>]*)>(.*?)<\/form>/is.exec(page.text) ?? [];
  if (tag === '') throw new Error(`There is no form at ${page.url.href} (${page.status}): ${page.text}`);
  const inputs = Array.from(content.matchAll(/<input\b([^>]*)>/gi), ([, input = '']) => attributesOf(input));
  const fields = inputs.flatMap(({ name, value = '' }): [string, string][] =>
    name === undefined ? [] : [[name, value]],
  );
  return {
    action: new URL(attributesOf(tag)['action'] ?? page.url.href, page.url),
    fields: Object.fromEntries(fields),
  };
}

/** A browser as far as the demo needs one: cookies, forms, redirects. */
export class Browser {
  private readonly cookies = new Map<string, Map<string, string>>();

  /** Opens an address and goes on through redirects. */
  async open(url: string | URL): Promise<Page> {
    return this.follow(await this.visit(url));
  }

  /** Submits a form and goes on through redirects. */
  async submit({ action, fields }: Form): Promise<Page> {
    return this.follow(await this.send(action, 'POST', new URLSearchParams({ ...fields }).toString()));
  }

  /** Opens an address and stays there, whatever it answers. */
  visit(url: string | URL): Promise<Page> {
    return this.send(new URL(url), 'GET', null);
  }

  private async follow(first: Page): Promise<Page> {
    let page = first;
    for (let count = 0; page.location; count++) {
      if (count === MOST_REDIRECTS) throw new Error(`Redirects go round in a circle at ${page.url.href}`);
      page = await this.visit(page.location);
    }
    return page;
  }

  private async send(url: URL, method: 'GET' | 'POST', body: string | null): Promise<Page> {
    const headers: Record<string, string> = { accept: 'text/html', cookie: this.cookieHeader(url.origin) };
    if (body !== null) headers['content-type'] = 'application/x-www-form-urlencoded';
    const answer = await request(url, { method, body, headers });
    this.keep(url.origin, answer.headers);
    const text = await answer.body.text();
    const { location } = answer.headers;
    const redirected = answer.statusCode >= 300 && answer.statusCode < 400 && typeof location === 'string';
    return {
      url,
      status: answer.statusCode,
      text,
      location: redirected ? new URL(location, url) : undefined,
      headers: answer.headers,
    };
  }

  private cookieHeader(origin: string): string {
    return Array.from(this.cookies.get(origin) ?? [], ([name, value]) => `${name}=${value}`).join('; ');
  }

  private keep(origin: string, headers: Dispatcher.ResponseData['headers']): void {
    const jar = this.cookies.get(origin) ?? new Map<string, string>();
    this.cookies.set(origin, jar);
    for (const line of [headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = '', attributes = ''] = /^([^=]+)=([^;]*)(.*)$/.exec(line) ?? [];
      if (value === '' || /max-age=0\b|expires=thu, 01[ -]jan[ -]1970/i.test(attributes)) jar.delete(name);
      else jar.set(name, value);
    }
  }
}
