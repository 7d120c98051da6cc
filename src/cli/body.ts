/** What is sent to an API: CSV as it is, everything else as JSON. */

/** A body of CSV. */
export class Csv {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The body as text, with its media type; null where there is none. */
export function contentOf(body: unknown): { readonly type: string; readonly text: string } | null {
  if (body === undefined) return null;
  if (body instanceof Csv) return { type: 'text/csv', text: body.text };
  return { type: 'application/json', text: JSON.stringify(body) };
}
