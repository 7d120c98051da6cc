/** Which methods the API takes at an address, for whoever comes with another one (RFC 9110 §15.5.6). */
import type { RouteOptions } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    knownPaths: KnownPaths;
  }
}

/** Whether a route such as `/users/:id` is at an address. */
function isAt(pattern: string, path: string): boolean {
  const [parts, given] = [pattern.split('/'), path.split('/')];
  return (
    parts.length === given.length &&
    parts.every((part, at) => (part.startsWith(':') ? given[at] !== '' : part === given[at]))
  );
}

/** The addresses of the API, as they are registered. */
export class KnownPaths {
  readonly #methods = new Map<string, Set<string>>();

  /** For the hook `onRoute`. */
  add({ method, url }: Pick<RouteOptions, 'method' | 'url'>): void {
    const methods = this.#methods.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    this.#methods.set(url, methods);
  }

  /** The methods of an address without its query, in alphabetical order; none where nothing is there. */
  methodsAt(path: string): string[] {
    const found = [...this.#methods].filter(([pattern]) => isAt(pattern, path));
    return [...new Set(found.flatMap(([, methods]) => [...methods]))].sort();
  }
}
