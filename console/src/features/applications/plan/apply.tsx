/** Sending what was seen: the plan that is on the screen, and no other (R47). */
import { Button, Group, List } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ApiProblem } from '../../../api/problem';
import { useMay } from '../../../app/session';
import { useConfirm } from '../../../ui/confirm';
import { notify } from '../../../ui/notify';
import { useGone } from '../../../ui/use-gone';
import { count } from '../../../ui/words';
import { statusQuery, type Application } from '../queries';
import { NotSent } from './not-sent';
import { applyPlan, readPlanAgain } from './queries';
import { countSteps, sentKindsIn, type Plan } from './step-kinds';

interface ActsProps {
  readonly application: Application;
  readonly plan: Plan;
  readonly active: boolean;
  /** Says that what is shown is another plan than the one that was to be sent, or takes it back. */
  readonly tellOutdated: (message: string | null) => void;
}

function WouldBeSent({ plan, held }: Pick<ActsProps, 'plan'> & { readonly held: number }) {
  return (
    <>
      <List size="sm">
        {sentKindsIn(plan.summary).map(({ kind, number, one, many }) => (
          <List.Item key={kind}>{count(number, one, many)}</List.Item>
        ))}
      </List>
      <NotSent summary={plan.summary} held={held} />
    </>
  );
}

/** Somebody changed something between looking and sending. */
const isOutdated = (error: unknown): error is ApiProblem =>
  error instanceof ApiProblem && error.status === 409;

function useApply({ application, plan, tellOutdated }: ActsProps, held: number) {
  const confirm = useConfirm();
  const gone = useGone();
  const { id, label } = application;
  const run = async (): Promise<void> => {
    tellOutdated(null);
    try {
      notify(await applyPlan(id, plan.checksum));
    } catch (error) {
      if (!isOutdated(error) || gone.current) throw error;
      await readPlanAgain(id);
      tellOutdated(error.message);
    }
  };
  return () =>
    confirm({
      title: `Send this plan to ${label}?`,
      body: <WouldBeSent plan={plan} held={held} />,
      act: `Send ${count(countSteps(plan.summary) - held, 'step')}`,
      run,
    });
}

export function Acts(props: ActsProps) {
  const { application, plan, active } = props;
  const mayApply = useMay()('administer');
  // They are in the plan, and are sent once they are approved.
  const held = useQuery(statusQuery(application.id)).data?.held ?? 0;
  const apply = useApply(props, held);
  const lookAgain = () => {
    props.tellOutdated(null);
    void readPlanAgain(application.id);
  };
  return (
    <Group gap="sm">
      <Button variant="default" size="xs" onClick={lookAgain}>
        Look again
      </Button>
      {active && mayApply && countSteps(plan.summary) > held && (
        <Button size="xs" onClick={apply}>
          Apply
        </Button>
      )}
    </Group>
  );
}
