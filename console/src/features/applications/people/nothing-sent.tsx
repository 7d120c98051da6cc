/** Why nothing is sent to an application, in the tabs in which somebody would have it sent. */
import { useQuery } from '@tanstack/react-query';
import { Notice } from '../../../ui/notice';
import { statusQuery } from '../queries';

const REASONS = {
  inactive: 'The connection is inactive, so nothing is sent. Activate it under Identity Management.',
  paused: 'The connection is paused, so nothing is sent. Identity Management says why, and resumes it.',
} as const;

/** Why nothing is sent; null while the connection is active, or while it is not known. */
export function useNothingSent(applicationId: string): string | null {
  const state = useQuery(statusQuery(applicationId)).data?.state ?? 'active';
  return state === 'active' ? null : REASONS[state];
}

export function NothingSent({ applicationId }: { readonly applicationId: string }) {
  const reason = useNothingSent(applicationId);
  return reason === null ? null : <Notice tone="warn">{reason}</Notice>;
}
