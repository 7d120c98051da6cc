/** Users, groups and who is in which. */
import type { UserState } from '../../directory/user.ts';
import type { BigInt64, Json, Timestamp } from './columns.ts';

export interface UsersTable {
  id: string;
  username: string;
  email: string | null;
  firstname: string | null;
  lastname: string | null;
  displayname: string | null;
  state: UserState;
  attributes: Json<Record<string, unknown>>;
  version: BigInt64;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface GroupsTable {
  id: string;
  name: string;
  description: string | null;
  version: BigInt64;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface GroupMembersTable {
  group_id: string;
  user_id: string;
  created_at: Timestamp;
}

export interface DirectoryTables {
  users: UsersTable;
  groups: GroupsTable;
  group_members: GroupMembersTable;
}
