/** The tables as Kysely sees them: a file for each area in `tables/`, one interface a table; `migrations/schema.sql` has the same in SQL. */
import type { AccessTables } from './tables/access.ts';
import type { ApplicationTables } from './tables/applications.ts';
import type { DirectoryTables } from './tables/directory.ts';
import type { ImportTables } from './tables/imports.ts';
import type { ProvisioningTables } from './tables/provisioning.ts';
import type { SamlTables } from './tables/saml.ts';
import type { SignInTables } from './tables/sign-in.ts';

export interface Tables
  extends
    DirectoryTables,
    ApplicationTables,
    ProvisioningTables,
    ImportTables,
    AccessTables,
    SignInTables,
    SamlTables {}
