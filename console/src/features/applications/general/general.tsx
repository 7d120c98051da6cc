/** What an application is called, how it looks, and its end. */
import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Tagged } from '../../../api/client';
import { useMay } from '../../../app/session';
import { Facts } from '../../../ui/facts';
import { Shown } from '../../../ui/page-state';
import { Section } from '../../../ui/section';
import { useLeavePage } from '../../../ui/use-leave-page';
import { When } from '../../../ui/when';
import { useDelete } from '../delete';
import { applicationQuery, type Application } from '../queries';
import { DetailsForm } from './details-form';
import { LogoEditor } from './logo-editor';

const route = getRouteApi('/applications/$applicationId/general');

const Details = ({ application }: { readonly application: Application }) => (
  <Facts
    of={[
      ['Label', application.label],
      ['Description', application.description],
      ['Added', <When key="added" at={application.createdAt} />],
      ['Last changed', <When key="changed" at={application.updatedAt} />],
    ]}
  />
);

function Deletion({ application }: { readonly application: Application }) {
  const leavePage = useLeavePage();
  const remove = useDelete(() => leavePage(`/applications/${application.id}`, '/applications'));
  return (
    <Section title="Delete">
      <Text c="dimmed" mb="sm">
        Possible once the Identity Management connection is inactive. What the application itself holds stays
        as it is.
      </Text>
      <Button variant="default" c="var(--bad)" onClick={() => remove([application])}>
        Delete this application
      </Button>
    </Section>
  );
}

const Editing = ({ application }: { readonly application: Tagged<Application> }) => (
  <>
    <Section title="Details">
      <DetailsForm application={application} />
    </Section>
    <LogoEditor application={application} />
    <Deletion application={application.value} />
  </>
);

export function General() {
  const mayChange = useMay()('administer');
  const { applicationId } = route.useParams();
  return (
    <Shown query={useQuery(applicationQuery(applicationId))}>
      {(application) =>
        mayChange ? <Editing application={application} /> : <Details application={application.value} />
      }
    </Shown>
  );
}
