/** The door of a page that is not for every role: whoever may not enter is told who may. */
import type { ReactNode } from 'react';
import { roleNames, rolesWith } from '../../../src/access/demand.ts';
import type { Permission } from '../api/session';
import { useMay } from '../app/session';
import { Notice } from './notice';
import { PageHeader } from './page-header';
import { Empty } from './page-state';
import { either } from './words';

interface Props {
  /** Without it nothing of the page is shown. */
  readonly needs: Permission;
  /** The h1 of the page, also where it stays shut. */
  readonly title: string;
  readonly children: ReactNode;
}

/** `takes the role Administrator or Manager`, and how to come by it. */
const takesRole = (needs: Permission): string =>
  `takes the role ${either(rolesWith(needs).map((role) => roleNames[role]))}. An administrator can give it to you.`;

export function Gate({ needs, title, children }: Props) {
  if (useMay()(needs)) return children;
  return (
    <>
      <PageHeader title={title} />
      <Empty title="This is not for your role">It {takesRole(needs)}</Empty>
    </>
  );
}

interface LookOnlyProps {
  readonly needs: Permission;
  /** What they may not do: `import`. */
  readonly to: string;
}

/** On a page that everybody may look at: for whoever may do no more there, who may. */
export function LookOnly({ needs, to }: LookOnlyProps) {
  if (useMay()(needs)) return null;
  return (
    <Notice tone="info">
      To {to} {takesRole(needs)}
    </Notice>
  );
}
