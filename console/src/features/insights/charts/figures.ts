/** How days and waits are written in charts. */

const DAY = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });

/** `Nov 26`, of a day of UTC as the API writes it. */
export const dayInWords = (day: string): string => DAY.format(new Date(`${day}T00:00:00Z`));

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

const number = (value: number): string =>
  new Intl.NumberFormat('en', { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);

/** `0.4 s`, `12 s`, `3 min`, `2.5 h`, `4 d`. */
export function waitInWords(seconds: number): string {
  const [name, size] = UNITS.find(([, each]) => seconds >= each) ?? ['second', 1];
  return `${number(seconds / size)} ${{ day: 'd', hour: 'h', minute: 'min', second: 's' }[name]}`;
}

const MOST_STEPS = 5;

/** In seconds: what people count in, from tenths of a second to days. */
const STEPS = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60),
  ...[1, 2, 3, 6, 12].map((hours) => hours * 3600),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((days) => days * 86_400),
];

/** Where an axis of waits of at most so many seconds has its lines, each of which is written differently. */
export function waitTicks(most: number): number[] {
  const step = STEPS.find((each) => most / each <= MOST_STEPS) ?? most / MOST_STEPS;
  const steps = Math.max(1, Math.ceil(most / step));
  // Tenths are not exact: 0.1 * 3 is no 0.3.
  return Array.from({ length: steps + 1 }, (_tick, index) => Math.round(index * step * 10) / 10);
}
