/** The columns of the log of operations as a file. */
import type { LoggedEvent } from '../store/event-log.ts';
import type { Column } from './csv.ts';

export const eventColumns: readonly Column<LoggedEvent>[] = [
  ['at', ({ at }) => at],
  ['application', ({ application }) => application],
  ['kind', ({ kind }) => kind],
  ['subject', ({ subjectName }) => subjectName],
  ['operation', ({ operation }) => operation],
  ['outcome', ({ outcome }) => outcome],
  ['sentence', ({ sentence }) => sentence],
  ['attempt', ({ attempt }) => attempt],
  ['durationMs', ({ durationMs }) => durationMs],
  ['cause', ({ cause }) => cause?.action ?? null],
  ['actor', ({ cause }) => cause?.actor ?? null],
  ['requestId', ({ cause }) => cause?.requestId ?? null],
  ['applicationId', ({ applicationId }) => applicationId],
  ['subjectId', ({ subjectId }) => subjectId],
  ['id', ({ id }) => id],
];
