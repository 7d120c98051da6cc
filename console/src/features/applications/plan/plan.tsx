/** What would happen in an application to whom, and why, before it happens; and what waits for an approval. */
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { Schemas } from '../../../api/client';
import { Notice, Notices } from '../../../ui/notice';
import { Shown } from '../../../ui/page-state';
import { Section } from '../../../ui/section';
import { applicationQuery, statusQuery, type Application } from '../queries';
import { Acts } from './apply';
import { HeldLeavers } from './held-leavers';
import { NothingToDo } from './nothing-to-do';
import { Progress } from './progress';
import { openHoldQuery, planQuery, readPlanAgain, type PlanView } from './queries';
import type { Plan } from './step-kinds';
import { Steps } from './steps';
import { Summary } from './summary';

type ConnectionState = Application['identityManagement']['state'];
type Status = Pick<Schemas['ApplicationStatus'], 'attention' | 'idle' | 'held' | 'kept' | 'state'>;

const route = getRouteApi('/applications/$applicationId/plan');

/** Whether a plan that was read in that status is another one in this. */
const isOutdated = (before: Status, now: Status): boolean =>
  (now.idle && !before.idle) || now.held !== before.held || now.state !== before.state;

/** The plan is read again when what was to be done is done, and when somebody decided on what is held or on the connection. */
function usePlanAgain(id: string, status: Status | undefined): void {
  const before = useRef(status);
  useEffect(() => {
    if (before.current !== undefined && status !== undefined && isOutdated(before.current, status))
      void readPlanAgain(id);
    before.current = status;
  }, [id, status]);
}

interface ContentProps {
  readonly application: Application;
  readonly state: ConnectionState;
  readonly plan: Plan;
  readonly view: PlanView;
  readonly status: Status | undefined;
}

function Content({ application, state, plan, view, status }: ContentProps) {
  const note = plan.note !== null && <Notice tone="info">{plan.note}</Notice>;
  if (Object.keys(plan.summary).length === 0)
    return (
      note || (
        <NothingToDo
          application={application}
          inactive={state === 'inactive'}
          undecided={(status?.attention ?? 0) > 0}
          kept={(status?.kept ?? 0) > 0}
        />
      )
    );
  return (
    <>
      {note}
      <Summary plan={plan} held={status?.held ?? 0} />
      <Steps application={application} plan={plan} view={view} />
    </>
  );
}

/** Why nothing of it is sent yet. */
const NotActive = ({
  application: { id, label },
  state,
  held,
}: Pick<ContentProps, 'application' | 'state'> & { readonly held: string | null }) => (
  <Notice
    tone="info"
    action={
      <Anchor component={Link} to={`/applications/${id}/identity-management`}>
        To Identity Management
      </Anchor>
    }
  >
    The connection of {label} is {state}. Nothing of this is sent before it is active.
    {held !== null && ` The deactivations are held then. ${held}`}
  </Notice>
);

function PlanOf({ application }: { readonly application: Application }) {
  const { id } = application;
  const { kind, search } = route.useSearch();
  const view: PlanView = { ...(kind !== undefined && { kind }), ...(search !== undefined && { search }) };
  const plan = useQuery(planQuery(id, view));
  const hold = useQuery(openHoldQuery(id)).data ?? null;
  const { data: status } = useQuery(statusQuery(id));
  // Until the status is known, what was read with the application.
  const state = status?.state ?? application.identityManagement.state;
  const [outdated, tellOutdated] = useState<string | null>(null);
  usePlanAgain(id, status);
  return (
    <>
      <Progress application={application} />
      {hold !== null && <HeldLeavers application={application} hold={hold} />}
      <Section
        title="Plan"
        about={`What would be sent to ${application.label}, and why. Looking at it sends nothing.`}
        actions={
          plan.data && (
            <Acts
              application={application}
              plan={plan.data}
              active={state === 'active'}
              tellOutdated={tellOutdated}
            />
          )
        }
      >
        <Notices>
          {state !== 'active' && (
            <NotActive application={application} state={state} held={plan.data?.heldOnActivation ?? null} />
          )}
          {outdated !== null && (
            <Notice tone="warn" title="This is the new plan">
              {outdated}
            </Notice>
          )}
        </Notices>
        <Shown query={plan} lines={8}>
          {(found) => (
            <Content application={application} state={state} plan={found} view={view} status={status} />
          )}
        </Shown>
      </Section>
    </>
  );
}

export function PlanTab() {
  const { applicationId } = route.useParams();
  return (
    <Shown query={useQuery(applicationQuery(applicationId))}>
      {({ value }) => <PlanOf application={value} />}
    </Shown>
  );
}
