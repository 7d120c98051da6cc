/** The directory of a world, as its administrators change it: through the store, as the API does. */
import { changeBindings } from '../../src/store/bindings.ts';
import type { Tx } from '../../src/store/database.ts';
import type { UserInput, UserPatch } from '../../src/directory/user.ts';
import { createGroup, deleteGroup, updateGroup } from '../../src/store/groups.ts';
import { changeMembers } from '../../src/store/members.ts';
import { transact } from '../../src/store/transact.ts';
import { createUser, deleteUser, updateUser } from '../../src/store/users.ts';
import type { TestDatabase } from '../support/database.ts';

export const CAUSE = { action: 'test', actor: 'test' };
const EDIT = { expected: 'any', cause: CAUSE, by: 'administrator' } as const;

export class PlayedDirectory {
  readonly database: TestDatabase;
  readonly application: string;

  constructor(database: TestDatabase, application: string) {
    this.database = database;
    this.application = application;
  }

  change<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return transact(this.database, work);
  }

  /** A user `name@acme.test`, in the groups given. */
  async user(name: string, input: Partial<UserInput> = {}, groups: readonly string[] = []): Promise<string> {
    const email = `${name}@acme.test`;
    const user = { username: email, email, firstname: name, lastname: 'Test', ...input };
    const made = await this.change((tx) => createUser(tx, user));
    for (const group of groups) await this.join(group, made.id);
    return made.id;
  }

  async editUser(user: string, patch: UserPatch): Promise<void> {
    await this.change((tx) => updateUser(tx, user, patch, EDIT));
  }

  async deleteUser(user: string): Promise<void> {
    await this.change((tx) => deleteUser(tx, user, EDIT));
  }

  async group(name: string, members: readonly string[] = []): Promise<string> {
    const made = await this.change((tx) => createGroup(tx, { name }));
    await this.join(made.id, ...members);
    return made.id;
  }

  async renameGroup(group: string, name: string): Promise<void> {
    await this.change((tx) => updateGroup(tx, group, { name }, EDIT));
  }

  async deleteGroup(group: string): Promise<void> {
    await this.change((tx) => deleteGroup(tx, group, EDIT));
  }

  async join(group: string, ...users: string[]): Promise<void> {
    await this.change((tx) => changeMembers(tx, group, { add: users, remove: [] }, CAUSE));
  }

  async leave(group: string, ...users: string[]): Promise<void> {
    await this.change((tx) => changeMembers(tx, group, { add: [], remove: users }, CAUSE));
  }

  /** Somebody leaves a group and is in it again, in one transaction: their membership is looked at. */
  async rejoin(group: string, user: string): Promise<void> {
    await this.change(async (tx) => {
      await changeMembers(tx, group, { add: [], remove: [user] }, CAUSE);
      await changeMembers(tx, group, { add: [user], remove: [] }, CAUSE);
    });
  }

  async bind(...groups: string[]): Promise<void> {
    await this.change((tx) => changeBindings(tx, this.application, { add: groups, remove: [] }, CAUSE));
  }

  async unbind(...groups: string[]): Promise<void> {
    await this.change((tx) => changeBindings(tx, this.application, { add: [], remove: groups }, CAUSE));
  }

  /** Changes a membership and does something else before that commits. */
  async joinSlowly(group: string, user: string, meanwhile: () => Promise<void>): Promise<void> {
    await this.change(async (tx) => {
      await changeMembers(tx, group, { add: [user], remove: [] }, CAUSE);
      await meanwhile();
    });
  }
}
