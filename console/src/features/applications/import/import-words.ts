/** How imports, and whom they are of, are called. */
import { count, listed, type Tone } from '../../../ui/words';
import type { Candidate, Import, Outcome } from './queries';

interface Word {
  readonly label: string;
  readonly tone: Tone;
}

export const CANDIDATE_STATES: Readonly<Record<Candidate['state'], Word>> = {
  new: { label: 'New', tone: 'good' },
  matches: { label: 'Matches', tone: 'warn' },
  imported: { label: 'Imported', tone: 'quiet' },
};

/** What became of somebody. */
export const IMPORT_OUTCOMES: Readonly<Record<Outcome, Word>> = {
  created: { label: 'Created', tone: 'good' },
  linked: { label: 'Linked', tone: 'good' },
  unchanged: { label: 'Imported before', tone: 'quiet' },
  failed: { label: 'Failed', tone: 'bad' },
  cancelled: { label: 'Cancelled', tone: 'quiet' },
  waiting: { label: 'Waiting', tone: 'quiet' },
};

/** `1,200 of 5,000 users` */
export const doneInWords = ({ total, waiting }: Import['counts']): string =>
  `${count(total - waiting, 'of', 'of')} ${count(total, 'user')}`;

/** `2 created in the directory, 1 linked to who was there, and 1 failed` */
export function countsInWords({ cancelled, created, failed, linked, unchanged }: Import['counts']): string {
  const parts = [
    created > 0 && count(created, 'created in the directory', 'created in the directory'),
    linked > 0 && count(linked, 'linked to who was there', 'linked to who was there'),
    unchanged > 0 && count(unchanged, 'imported before', 'imported before'),
    failed > 0 && count(failed, 'failed', 'failed'),
    cancelled > 0 && count(cancelled, 'cancelled', 'cancelled'),
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'Nothing is done yet' : listed(parts);
}

/** Whom its end is told by email, and how that went. */
export function mailInWords({ background, mail, state }: Import): string | null {
  if (!background) return null;
  if (mail === null)
    return 'No email says when it is complete: whoever started it has no address, or no mail server is set.';
  if (state === 'running') return `You can close this page. An email goes to ${mail.to} when it is complete.`;
  if (mail.state === 'sent') return `An email about it went to ${mail.to}.`;
  const why = mail.message === null ? '' : ` ${mail.message}`;
  return mail.state === 'failed'
    ? `The email to ${mail.to} was not taken.${why}`
    : `An email about it is on its way to ${mail.to}.${why}`;
}

export const UNMANAGED =
  'Whoever is imported is not managed until they are in a group that is bound to this application, and active: whatever happens to them in the directory before that, nothing is sent. Whoever is so already is managed at once.';
