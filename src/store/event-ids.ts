/** The order of events: a UUIDv7 begins with its time in milliseconds (RFC 9562 §5.7). */

/**
 * Ids are made before they are committed, on several machines: an event may come to light after one with a later id. So
 * whoever follows the log looks back this far, without what it has seen.
 */
export const LATE_MS = 3000;

/** The smallest id of a time. */
export function floorId(milliseconds: number): string {
  const hex = Math.max(0, Math.floor(milliseconds)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** The time of an id, in milliseconds. */
export const timeOf = (id: string): number => parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
