/** What of a target is to be read before, or beside, what is sent to it. */
import type { Handle } from '../store/database.ts';
import { isInventoryDue } from '../store/inventory-due.ts';
import { isRosterDue } from '../store/roster.ts';
import { areLinksUnsure } from '../store/unsure-links.ts';

/**
 * The whole target, to compare it with the links, before anything is sent where those are unsure; or its users alone, for import.
 */
export type DueReading = 'unsure links' | 'inventory' | 'roster';

/** The reading that is due, or null. An inventory reads the users too. */
export async function readingDue(db: Handle, applicationId: string): Promise<DueReading | null> {
  if (await areLinksUnsure(db, applicationId)) return 'unsure links';
  if (await isInventoryDue(db, applicationId)) return 'inventory';
  return (await isRosterDue(db, applicationId)) ? 'roster' : null;
}
