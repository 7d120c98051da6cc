/** Counting what happens thousands of times a second: prom-client would work out with each count which series is meant. */
import { Counter, type CounterConfiguration } from 'prom-client';

interface Tally<Label extends string> {
  readonly labels: Partial<Record<Label, string>>;
  count: number;
}

/** A counter that is told when somebody looks. Answers what counts one more; the values are those of `labelNames`, in order. */
export function tallying<Label extends string>(
  configuration: CounterConfiguration<Label> & { readonly labelNames: readonly Label[] },
): (...values: readonly string[]) => void {
  const tallies = new Map<string, Tally<Label>>();
  const counter = new Counter({
    ...configuration,
    collect: () => {
      for (const { labels, count } of tallies.values()) counter.inc(labels, count);
      tallies.clear();
    },
  });
  return (...values) => {
    const key = values.join(' ');
    const tally = tallies.get(key);
    if (tally === undefined)
      tallies.set(key, { labels: labelled(configuration.labelNames, values), count: 1 });
    else tally.count += 1;
  };
}

function labelled<Label extends string>(
  names: readonly Label[],
  values: readonly string[],
): Partial<Record<Label, string>> {
  const labels: Partial<Record<Label, string>> = {};
  names.forEach((name, index) => (labels[name] = values[index] ?? ''));
  return labels;
}
