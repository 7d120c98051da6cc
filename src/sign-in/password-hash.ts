/** Argon2id, which is the package's default, with the parameters that OWASP's password storage cheat sheet names first: 19 MiB, two passes, one lane. */
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The hash of a password in the PHC string format, with a salt of its own. */
export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS);

const PARAMETERS = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/;

/** Whether a hash was made with other parameters than those of today. */
export function isOutdated(stored: string): boolean {
  const [, ...numbers] = PARAMETERS.exec(stored) ?? [];
  const { memoryCost, parallelism, timeCost } = OPTIONS;
  return numbers.join() !== [memoryCost, timeCost, parallelism].join();
}

let nobodys: Promise<string> | undefined;

/** Whether that is the password. Where there is no hash, it takes as long and is false: time does not tell who has an account. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  nobodys ??= hashPassword(randomBytes(32).toString('base64'));
  const matches = await verify(stored ?? (await nobodys), password);
  return matches && stored !== null;
}
