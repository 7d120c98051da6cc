/** Who signed in or was refused, and why: the last ones, in memory. */

export type Initiator = 'service-provider' | 'identity-provider';

export interface SignIn {
  /** Grows by one with each. */
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** As asserted or typed; null where a Response was refused before anybody could be known. */
  readonly email: string | null;
  readonly method: 'saml' | 'password';
  /** Who began, as the Response's InResponseTo says; null where it could not be read, and for passwords. */
  readonly initiatedBy: Initiator | null;
  readonly result: 'signed-in' | 'refused';
  /** A sentence. */
  readonly reason: string;
}

const KEPT = 1000;

/** Keeps the last sign-ins. */
export class SignInJournal {
  private kept: SignIn[] = [];
  private sequence = 0;

  record(signIn: Omit<SignIn, 'sequence' | 'time'>): void {
    this.kept.push({ sequence: ++this.sequence, time: Date.now(), ...signIn });
    if (this.kept.length > KEPT) this.kept.shift();
  }

  /** Oldest first. */
  entries(): readonly SignIn[] {
    return this.kept;
  }

  clear(): void {
    this.kept = [];
  }
}
