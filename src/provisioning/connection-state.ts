/** The states of the connection by which an application is provisioned. */

/**
 * `inactive`: nothing is sent, and nothing waits (R5). `active`: it is brought in line. `paused`: it could not go on, and waits for
 * an administrator with all that is pending (R44).
 */
export const connectionStates = ['inactive', 'active', 'paused'] as const;

export type ConnectionState = (typeof connectionStates)[number];
