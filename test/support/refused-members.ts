/** Memberships that a target refused, of which one is still wanted. */
import { sql } from 'kysely';
import type { Handle } from '../../src/store/database.ts';

export const GROUP = '00000000-0000-7000-8000-000000000001';
export const ADA = '00000000-0000-7000-8000-000000000002';
export const BOB = '00000000-0000-7000-8000-000000000003';
const CYD = '00000000-0000-7000-8000-000000000004';

/** Ada is wanted in the group, Bob is suspended, Cyd left it; the target refused all three. */
export async function refuseThree(db: Handle, applicationId: string): Promise<void> {
  await sql`INSERT INTO groups (id, name) VALUES (${GROUP}, 'Staff')`.execute(db);
  await sql`INSERT INTO application_groups (application_id, group_id) VALUES (${applicationId}, ${GROUP})`.execute(
    db,
  );
  await sql`INSERT INTO users (id, username, state) VALUES (${ADA}, 'ada', 'active'), (${BOB}, 'bob', 'suspended'),
    (${CYD}, 'cyd', 'active')`.execute(db);
  await sql`INSERT INTO group_members (group_id, user_id) VALUES (${GROUP}, ${ADA}), (${GROUP}, ${BOB})`.execute(
    db,
  );
  await sql`INSERT INTO link_members (application_id, group_id, user_id, error)
    SELECT ${applicationId}::uuid, ${GROUP}::uuid, id, '{"code":"refused","message":"No.","retrying":false}'
    FROM users WHERE id = ANY (${[ADA, BOB, CYD]}::uuid[])`.execute(db);
}
