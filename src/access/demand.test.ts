import { describe, expect, it } from 'vitest';
import { Problem } from '../errors.ts';
import { checkDemand, type Demand } from './demand.ts';
import { personRefusal } from './people.ts';
import type { Principal } from './principal.ts';
import { roles, type Role } from './roles.ts';

const key = (role: Role | null): Principal => ({
  kind: 'key',
  actor: 'api key test',
  role,
  userId: null,
  sessionId: null,
});
const person = (role: Role | null): Principal => ({
  kind: 'session',
  actor: 'ada',
  role,
  userId: 'u',
  sessionId: 's',
});

function outcome(demand: Demand, principal: Principal | null): string {
  try {
    checkDemand(demand, principal);
    return 'let in';
  } catch (error) {
    return error instanceof Problem ? error.kind : String(error);
  }
}

describe('what a role is let in to', () => {
  const [yes, no] = ['let in', 'forbidden'];
  it.each<[Demand, Record<Role, string>]>([
    ['public', { administrator: yes, manager: yes, 'help-desk': yes, 'read-only': yes }],
    ['read', { administrator: yes, manager: yes, 'help-desk': yes, 'read-only': yes }],
    ['directory', { administrator: yes, manager: yes, 'help-desk': no, 'read-only': no }],
    ['credentials', { administrator: yes, manager: no, 'help-desk': yes, 'read-only': no }],
    ['retry', { administrator: yes, manager: yes, 'help-desk': yes, 'read-only': no }],
    ['administer', { administrator: yes, manager: no, 'help-desk': no, 'read-only': no }],
  ])('%s', (demand, expected) => {
    const found = roles.map((role) => [role, outcome(demand, key(role))]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  it.each<[Demand, Principal | null, string]>([
    ['public', null, yes],
    ['self', null, 'unauthorized'],
    ['read', null, 'unauthorized'],
    ['self', person(null), yes],
    ['read', person(null), no],
    ['directory', person('manager'), yes],
    ['self', key('administrator'), no],
  ])('%s, asked by %j: %3$s', (demand, principal, expected) => {
    expect(outcome(demand, principal)).toBe(expected);
  });

  it('a refusal names who may', () => {
    expect(() => checkDemand('credentials', person('manager'))).toThrow(
      'To reset passwords, factors and sessions takes the role Administrator or Help desk; an administrator can give it.',
    );
    expect(() => checkDemand('read', person(null))).toThrow('You have no role in Rollcall');
  });
});

describe('whom a role may change', () => {
  it.each<[Role | null, Role | null, boolean]>([
    ['manager', null, true],
    ['help-desk', null, true],
    ['administrator', null, true],
    ['administrator', 'administrator', true],
    ['administrator', 'read-only', true],
    ['manager', 'administrator', false],
    ['manager', 'manager', false],
    ['manager', 'read-only', false],
    ['help-desk', 'administrator', false],
    ['help-desk', 'help-desk', false],
    [null, 'read-only', false],
  ])('%s a person who holds %s: %s', (by, held, allowed) => {
    expect(personRefusal(by, held) === null).toBe(allowed);
  });
});
