/** Who is signed in, for components. */
import { useSyncExternalStore } from 'react';
import { currentState, watchSession, type Permission, type Session } from '../api/session';

/** The person who is signed in: main.tsx shows nothing before it is known. */
export function useSession(): Session {
  const { session } = useSyncExternalStore(watchSession, currentState);
  if (session === null) throw new Error('Nothing is shown before it is known who is signed in.');
  return session;
}

/** Whether the one who is signed in may do something: `const may = useMay(); may('directory')`. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
}
