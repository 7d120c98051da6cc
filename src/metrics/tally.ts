/** Counting what happens thousands of times a second: prom-client would work out with each count which series is meant. */
import { Counter, type CounterConfiguration } from 'prom-client';

/** Counts one more, of those values of the last two labels. */
export type Count = (second: string, third: string) => void;

interface Tally {
  readonly labels: Record<string, string>;
  count: number;
}

/** A counter with three labels that is told when somebody looks. Answers what counts for a value of the first one. */
export function tallying<Label extends string>(
  configuration: CounterConfiguration<Label> & { readonly labelNames: readonly [Label, Label, Label] },
): (first: string) => Count {
  const [firstName, secondName, thirdName] = configuration.labelNames;
  const tallies = new Map<string, Map<string, Tally>>();
  const counter = new Counter<string>({
    ...configuration,
    collect: () => {
      for (const tallied of tallies.values()) {
        for (const { labels, count } of tallied.values()) counter.inc(labels, count);
        tallied.clear();
      }
    },
  });
  return (first) => {
    const tallied = tallies.get(first) ?? new Map<string, Tally>();
    tallies.set(first, tallied);
    return (second, third) => {
      const key = `${second} ${third}`;
      const tally = tallied.get(key);
      if (tally !== undefined) tally.count += 1;
      else
        tallied.set(key, {
          labels: { [firstName]: first, [secondName]: second, [thirdName]: third },
          count: 1,
        });
    };
  };
}
