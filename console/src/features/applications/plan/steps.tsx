/** The steps of a plan, a page at a time: however long it is, only what is looked at is drawn. */
import { Anchor, Button, Group, Text } from '@mantine/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Page } from '../../../api/client';
import { useMay } from '../../../app/session';
import { Act } from '../../../ui/act';
import { actsColumn, type Column } from '../../../ui/data-table';
import { useUrlList } from '../../../ui/list-state';
import { Notice } from '../../../ui/notice';
import { Empty } from '../../../ui/page-state';
import { ServerTable } from '../../../ui/server-table';
import { count } from '../../../ui/words';
import { connectionQuery } from '../identity-management/queries';
import { retryGroup, retryUser } from '../people/queries';
import type { Application } from '../queries';
import { BeforeAndAfter, type LabelOf } from './before-and-after';
import classes from './plan.module.css';
import { pageOfPlan, planQuery, type PlacedStep, type PlanView } from './queries';
import { isRefused, losesAccount, matchingInWords, type Plan, type Step } from './step-kinds';

const route = getRouteApi('/applications/$applicationId/plan');

const Sentence = ({ step: { kind, sentence } }: { readonly step: Step }) => (
  <span>
    {losesAccount(kind) && <span className={classes.losesAccount}>Loses access</span>}
    {sentence}.
  </span>
);

interface SubjectProps extends Pick<Step, 'subject'> {
  readonly applicationId: string;
}

/** To all that is known of somebody in the application, or to the group. */
const More = ({ applicationId, subject }: SubjectProps) =>
  subject.kind === 'user' ? (
    <Anchor
      component={Link}
      to={`/applications/${applicationId}/users/${subject.id}`}
      aria-label={`Why? ${subject.name}`}
    >
      Why?
    </Anchor>
  ) : (
    <Anchor component={Link} to={`/groups/${subject.id}`} aria-label={`Members of ${subject.name}`}>
      Members
    </Anchor>
  );

/** What was refused is looked at again. */
const Retry = ({ applicationId, subject: { id, kind, name } }: SubjectProps) => (
  <Act
    label="Retry"
    about={name}
    run={() => (kind === 'user' ? retryUser(applicationId, id) : retryGroup(applicationId, id))}
  />
);

const columnsFor = (
  applicationId: string,
  labelOf: LabelOf,
  mayRetry: boolean,
): readonly Column<PlacedStep>[] => [
  { header: 'What would happen', cell: ({ step }) => <Sentence step={step} /> },
  { header: 'Before → after', cell: ({ step }) => <BeforeAndAfter step={step} labelOf={labelOf} /> },
  actsColumn(({ step: { kind, subject } }) => (
    <Group gap={8} justify="end" wrap="nowrap">
      {mayRetry && isRefused(kind) && <Retry applicationId={applicationId} subject={subject} />}
      <More applicationId={applicationId} subject={subject} />
    </Group>
  )),
];

/** What the mapping calls an attribute. */
function useLabels(applicationId: string): LabelOf {
  const { data } = useQuery(connectionQuery(applicationId));
  const labels = new Map(data?.value.mapping.map(({ target, label }) => [target, label]));
  return (path) => labels.get(path) ?? path;
}

/** The part of the plan at which the address is. */
function useStepPage(id: string, view: PlanView): UseQueryResult<Page<PlacedStep>> {
  const { cursor } = route.useSearch();
  return useQuery({ ...planQuery(id, view), select: (plan: Plan) => pageOfPlan(plan, cursor) });
}

const Truncated = ({ plan }: { readonly plan: Plan }) => (
  <Notice tone="info">
    Only the first {count(plan.steps.length, 'step')} of {count(plan.matching, 'step')} can be shown at once.
    Choose a kind above, or search for somebody, to see the others. The numbers above are of all.
  </Notice>
);

interface Props {
  readonly application: Application;
  readonly plan: Plan;
  readonly view: PlanView;
}

export function Steps({ application, plan, view }: Props) {
  const list = useUrlList();
  const labelOf = useLabels(application.id);
  const page = useStepPage(application.id, view);
  const mayRetry = useMay()('retry');
  return (
    <>
      {plan.truncated && <Truncated plan={plan} />}
      <ServerTable
        label="Plan"
        noun="step"
        counted={matchingInWords(plan)}
        searches="Name, or part of a sentence"
        list={list}
        query={page}
        columns={columnsFor(application.id, labelOf, mayRetry)}
        idOf={({ at }) => String(at)}
        nameOf={({ step }) => step.subject.name}
        filters={
          list.filters.kind !== undefined && (
            <Button variant="default" onClick={() => list.change({ filters: { kind: null } })}>
              Show all kinds
            </Button>
          )
        }
        empty={
          <Empty title="No steps">
            <Text>There is nothing to send.</Text>
          </Empty>
        }
      />
    </>
  );
}
