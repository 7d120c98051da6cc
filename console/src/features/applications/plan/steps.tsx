/** The steps of a plan, a page at a time: however long it is, only what is looked at is drawn. */
import { Anchor, Button, Text } from '@mantine/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Page } from '../../../api/client';
import { actsColumn, type Column } from '../../../ui/data-table';
import { useUrlList } from '../../../ui/list-state';
import { Notice } from '../../../ui/notice';
import { Empty } from '../../../ui/page-state';
import { ServerTable } from '../../../ui/server-table';
import { count } from '../../../ui/words';
import { connectionQuery } from '../identity-management/queries';
import type { Application } from '../queries';
import { BeforeAndAfter, type LabelOf } from './before-and-after';
import classes from './plan.module.css';
import { pageOfPlan, planQuery, type PlacedStep, type PlanView } from './queries';
import { losesAccount, matchingInWords, type Plan, type Step } from './step-kinds';

const route = getRouteApi('/applications/$applicationId/plan');

const Sentence = ({ step: { kind, sentence } }: { readonly step: Step }) => (
  <span>
    {losesAccount(kind) && <span className={classes.losesAccount}>Loses access</span>}
    {sentence}.
  </span>
);

/** To all that is known of somebody in the application, or to the group. */
const More = ({ applicationId, subject }: { readonly applicationId: string } & Pick<Step, 'subject'>) =>
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

const columnsFor = (applicationId: string, labelOf: LabelOf): readonly Column<PlacedStep>[] => [
  { header: 'What would happen', cell: ({ step }) => <Sentence step={step} /> },
  { header: 'Before → after', cell: ({ step }) => <BeforeAndAfter step={step} labelOf={labelOf} /> },
  actsColumn(({ step }) => <More applicationId={applicationId} subject={step.subject} />),
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
        columns={columnsFor(application.id, labelOf)}
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
