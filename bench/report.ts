/** One JSON line a result. `bar` is the figure asked for, `holds` whether it is met. */
export interface Result {
  readonly bench: string;
  readonly case: string;
  readonly value: number;
  readonly unit: string;
  /** Against the bare loop, or against the smaller case, in the same run; null where the value itself is what counts. */
  readonly ratio: number | null;
  readonly bar: string;
  readonly holds: boolean;
}

export function report({ bench, case: name, value, unit, ratio, bar, holds }: Result): void {
  console.log(
    JSON.stringify({
      bench,
      case: name,
      value: round(value),
      unit,
      ratio: ratio === null ? null : round(ratio),
      bar,
      holds,
    }),
  );
}

const round = (value: number): number => Number(value.toPrecision(4));

/** The value below which `share` of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}
