/** What an entry of the audit trail holds of a record, as rows for people. */
import { fullTime } from '../../../ui/time';
import type { Entry } from './queries';

type Facts = Entry['before'];

/** `expiresAt` → `Expires at`, `group-management` → `Group management` */
export function fieldLabel(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** A value in words; undefined is one that is not there. */
export function factText(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'Nothing';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string') return TIME.test(value) ? fullTime(new Date(value)) : value;
  if (Array.isArray(value)) return value.length === 0 ? 'Nothing' : value.map(factText).join(', ');
  if (typeof value === 'object') return objectText(value);
  return JSON.stringify(value);
}

const NAMES = ['name', 'label'];

/** `Department: Research, floor: 3`; the id of something that has a name says nobody anything, and its name stands for it. */
function objectText(value: object): string {
  const members = Object.entries(value).filter(([name]) => name !== 'id');
  const [first] = members;
  if (first === undefined) return 'Nothing';
  if (members.length === 1 && NAMES.includes(first[0])) return factText(first[1]);
  return members.map(([name, member]) => `${fieldLabel(name)}: ${factText(member)}`).join(', ');
}

interface FactRow {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** Every field on either side. */
export function factRows(before: Facts, after: Facts): FactRow[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields.map((field) => ({
    field: fieldLabel(field),
    before: factText(before?.[field]),
    after: factText(after?.[field]),
  }));
}
