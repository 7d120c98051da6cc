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
