/** For how long a lane works before others have their turn. */

/** Letting what is under way end costs a far target's answer time: it is not done after each slice where nobody waits. */
const MOST_SLICES = 12;
/** With a slow target no step of several requests would come to its end in less. */
const LEAST_ANSWERS = 8;

export interface SliceTime {
  readonly elapsedMs: number;
  readonly sliceSeconds: number;
  /** How long the target took for its last answer; 0 before the first. */
  readonly lastAnswerMs: number;
  /** Whether other lanes may wait for this one to hand itself on. */
  readonly othersWait: () => boolean;
}

/** Whether a slice has had its time. */
export function isSliceOver({ elapsedMs, sliceSeconds, lastAnswerMs, othersWait }: SliceTime): boolean {
  if (elapsedMs < LEAST_ANSWERS * lastAnswerMs) return false;
  const slices = elapsedMs / 1000 / sliceSeconds;
  return slices > MOST_SLICES || (slices > 1 && othersWait());
}
