/** What a person is told when a server cannot listen on its port. */
import { Problem } from './errors.ts';

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there. Choose a free port',
  EACCES: 'this user may not listen there. Choose a port from 1024 on',
  ENOTFOUND: 'no address has that name. Choose one that this machine has',
  EAI_AGAIN: 'no address has that name. Choose one that this machine has',
  EADDRNOTAVAIL: 'this machine does not have that address. Choose one that it has',
};

/** Why a server could not listen, with `how` to choose otherwise (`PORT`); any other error as it is. */
export function cannotListen(error: unknown, at: { host: string; port: number }, how: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = REASONS[code];
  if (reason === undefined) return error;
  return new Problem('unavailable', `Can't listen on ${at.host}, port ${at.port}: ${reason} (${how}).`);
}
