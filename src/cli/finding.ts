/** What the doctor finds. */

export interface Finding {
  /** What was looked at. */
  readonly check: string;
  readonly level: 'ok' | 'warning' | 'problem';
  /** What was found, and what to do about it. */
  readonly message: string;
}

/** Nothing is wrong. */
export const ok = (check: string, message: string): Finding => ({ check, level: 'ok', message });
/** Works, and deserves a look. */
export const warning = (check: string, message: string): Finding => ({ check, level: 'warning', message });
/** Does not work. */
export const problem = (check: string, message: string): Finding => ({ check, level: 'problem', message });

/** What `look` finds, or the reason why it could not look. */
export async function finding(check: string, look: () => Finding[] | Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    return [problem(check, error instanceof Error ? error.message : String(error))];
  }
}
