/** Importing people who are already in the application (R30–R34). */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { LookOnly } from '../../../ui/gate';
import { Shown } from '../../../ui/page-state';
import { Section } from '../../../ui/section';
import { applicationQuery, type Application } from '../queries';
import { Candidates } from './candidates';
import { EarlierImports, UnderWay } from './earlier';
import classes from './import.module.css';
import { candidatesQuery } from './queries';
import { RosterState } from './roster';

const route = getRouteApi('/applications/$applicationId/import');

function Import({ application }: { readonly application: Application }) {
  const { id, label } = application;
  const search = route.useSearch();
  const query = useQuery(candidatesQuery(id, search));
  const { roster, total = 0 } = query.data ?? {};
  return (
    <>
      <UnderWay applicationId={id} />
      <Section
        title="Import"
        about={`Who is in ${label} already becomes a user of the directory. Importing changes nothing in ${label}.`}
      >
        <div className={classes.above}>
          <LookOnly needs="directory" to="import" />
        </div>
        {roster && (roster.state !== 'never' || total > 0) && (
          <RosterState application={application} roster={roster} />
        )}
        <Candidates application={application} search={search} query={query} />
      </Section>
      <EarlierImports applicationId={id} />
    </>
  );
}

export function ImportTab() {
  const { applicationId } = route.useParams();
  return (
    <Shown query={useQuery(applicationQuery(applicationId))}>
      {({ value }) => <Import key={applicationId} application={value} />}
    </Shown>
  );
}
