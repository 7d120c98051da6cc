import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PageState } from './settlement.ts';

const CSV = `username,email,firstname,lastname,groups
rosalind@acme.test,rosalind@acme.test,Rosalind,Franklin,Engineering
ada@acme.test,ada@acme.test,Ada,Lovelace,
no one,not an address,,,
`;

export function csvFile(content = CSV): string {
  const file = join(mkdtempSync(join(tmpdir(), 'rollcall-csv-')), 'people.csv');
  writeFileSync(file, content);
  return file;
}

export const userPages: readonly PageState[] = [
  {
    name: 'users',
    show: async (story) => {
      await story.open('/users');
      await story.sees('Ada Lovelace');
    },
  },
  {
    name: 'users-nothing-found',
    show: async (story) => {
      await story.open('/users?search=zebra');
      await story.sees('Nothing matches');
    },
  },
  {
    name: 'users-create-refused',
    show: async (story) => {
      await story.open('/users');
      await story.press('Create a user');
      await story.fill('Email', 'not an address');
      await story.press('Create user');
      await story.sees(/Must be an email address/);
    },
  },
  {
    name: 'users-import-preview',
    show: async (story) => {
      await story.open('/users/import');
      await story.page.locator('input[type=file]').setInputFiles(csvFile());
      await story.sees('What would happen');
    },
  },
  {
    name: 'user',
    show: async (story, { userId }) => {
      await story.open(`/users/${userId('ada')}`);
      await story.sees('Assigned through Engineering.');
      await story.sees('Not signed in anywhere.');
    },
  },
  {
    name: 'user-suspend',
    show: async (story, { userId }) => {
      await story.open(`/users/${userId('ada')}`);
      await story.press('More');
      await story.press('Suspend');
      await story.sees(/Access to Segment ends/);
    },
  },
  {
    name: 'user-delete',
    show: async (story, { userId }) => {
      await story.open(`/users/${userId('ada')}`);
      await story.press('More');
      await story.press('Delete');
      await story.sees(/Access to Segment ends/);
    },
  },
  {
    name: 'user-password-link',
    show: async (story, { userId }) => {
      await story.open(`/users/${userId('ada')}`);
      await story.press('Make a link to hand over');
      await story.sees('A link for a new password');
    },
  },
  {
    name: 'user-not-found',
    show: async (story) => {
      await story.page.goto('about:blank');
      await story.open('/users/00000000-0000-7000-8000-000000000000');
      await story.isAt('There is no such user');
    },
  },
];
