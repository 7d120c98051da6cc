/** For whoever wants something sent to an application: why nothing is, while its connection is not active, and what to do. */
import { z } from 'zod';
import type { ConnectionState } from '../provisioning/connection-state.ts';

/** Why a connection is paused, in our words and in those of the application. */
export const pauseSchema = z
  .looseObject({ message: z.string().optional(), said: z.string().optional() })
  .nullable();

/** What of an application's status decides whether anything is sent. */
export interface Connection {
  readonly state: ConnectionState;
  readonly reason: z.infer<typeof pauseSchema>;
}

const TAB = 'in the console, on the tab Identity Management of the application';

function whyPaused({ reason }: Connection): string {
  const message = reason?.message === undefined ? '' : ` ${reason.message}`;
  return reason?.said === undefined
    ? message
    : `${message} The application said: “${reason.said}”${/[.!?]$/.test(reason.said) ? '' : '.'}`;
}

/** Undefined where the connection is active. */
export function whyNothingIsSent(connection: Connection, label: string): string | undefined {
  const nothing = `Nothing is sent to ${label}: its connection is ${connection.state}.`;
  if (connection.state === 'active') return undefined;
  if (connection.state === 'inactive') return `${nothing} Activate it ${TAB}.`;
  return `${nothing}${whyPaused(connection)} To go on, put that right and resume the connection, or activate it again, ${TAB}; \`rollcall doctor\` says how the application answers now.`;
}
