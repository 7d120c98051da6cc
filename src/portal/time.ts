/** Points in time, for people. The pages have no script that could know the reader's own time zone, so they name theirs. */
import { html, type Html } from '../html.ts';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });

/** `26 November 2026, 06:19 UTC`, of an ISO 8601 date and time. */
export function time(iso: string): Html {
  const at = new Date(iso);
  return html`<time datetime="${iso}">${DAY.format(at)}, ${CLOCK.format(at)} UTC</time>`;
}
