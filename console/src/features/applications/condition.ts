/** How an application stands, in a word: that somebody has to decide is no failure, and is told as what it is. */
import type { Schemas } from '../../api/client';
import { CONDITIONS, type Tone } from '../../ui/words';

type Status = Schemas['ApplicationStatus'];
type Counted = Pick<Status, 'condition' | 'attention' | 'failed' | 'retrying' | 'inventoryError' | 'unsure'>;

/** Whether nothing is wrong but that somebody has to decide. */
export const onlyWaits = (status: Counted): boolean =>
  status.condition === 'failing' &&
  status.attention > 0 &&
  status.failed === 0 &&
  status.retrying === 0 &&
  status.inventoryError === null &&
  !status.unsure;

export const standingOf = (status: Counted): { readonly label: string; readonly tone: Tone } =>
  onlyWaits(status) ? { label: 'Somebody has to decide', tone: 'warn' } : CONDITIONS[status.condition];
