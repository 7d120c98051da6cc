/** Times as people say them. */

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

// By hours, and not by the calendar, of which "yesterday" would speak.
const RELATIVE = new Intl.RelativeTimeFormat('en');
const CLOCK = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const FULL = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'medium' });

/** `just now`, `3 minutes ago`, `in 2 days`. */
export function relativeTime(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const unit = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  if (unit === undefined) return 'just now';
  return RELATIVE.format(Math.trunc(seconds / unit[1]), unit[0]);
}

/** `Thursday, November 26, 2026 at 4:19:56 AM`, in the reader's own zone. */
export const fullTime = (at: Date): string => FULL.format(at);

/** `14:05`, in the reader's own zone: for what is near. */
export const clockTime = (at: Date): string => CLOCK.format(at);
