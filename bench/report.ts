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

export function report(result: Result): void {
  console.log(
    JSON.stringify({
      ...result,
      value: round(result.value),
      ratio: result.ratio === null ? null : round(result.ratio),
    }),
  );
}

const round = (value: number): number => Number(value.toPrecision(4));

/** The value below which `share` of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}
