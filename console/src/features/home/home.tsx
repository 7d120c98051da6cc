/** What needs attention first, then how each application stands, and what was provisioned; before all that, how to begin. */
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../app/session';
import { PageHeader } from '../../ui/page-header';
import { Shown } from '../../ui/page-state';
import { ProvisionedChart } from '../insights/charts/provisioned';
import { FirstSteps } from './first-steps';
import { Needs } from './needs';
import { firstStepsQuery, type FirstStep } from './queries';
import { Standings } from './standings';

const DAYS = 30;

function Content({ steps }: { readonly steps: readonly FirstStep[] }) {
  const sets = useMay()('administer') && steps.some(({ done }) => !done);
  const runs = !sets || steps.some(({ step, done }) => step === 'application' && done);
  return (
    <>
      {runs && <Needs />}
      {sets && <FirstSteps steps={steps} />}
      {runs && (
        <>
          <Standings />
          <ProvisionedChart days={DAYS} />
        </>
      )}
    </>
  );
}

export const Home = () => (
  <>
    <PageHeader title="Home" />
    <Shown query={useQuery(firstStepsQuery)} lines={8}>
      {({ items }) => <Content steps={items} />}
    </Shown>
  </>
);
