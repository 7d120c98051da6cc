/** The text of users that a search looks in; the indexes of the migrations are on the same expression. */
import { sql } from 'kysely';

/** What a search for users looks in: the table, or how the statement calls it. */
export const userText = (users: string) =>
  sql<string>`lower(concat_ws(' ', ${sql.ref(`${users}.username`)}, ${sql.ref(`${users}.email`)},
    ${sql.ref(`${users}.firstname`)}, ${sql.ref(`${users}.lastname`)}, ${sql.ref(`${users}.displayname`)}))`;
