/** The door of a page that is not for every role: whoever may not enter is told who may. */
import type { ReactNode } from 'react';
import { roleNames, rolesWith } from '../../../src/access/demand.ts';
import type { Permission } from '../api/session';
import { useMay } from '../app/session';
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

export function Gate({ needs, title, children }: Props) {
  if (useMay()(needs)) return children;
  return (
    <>
      <PageHeader title={title} />
      <Empty title="This is not for your role">
        It takes the role {either(rolesWith(needs).map((role) => roleNames[role]))}. An administrator can give
        it to you.
      </Empty>
    </>
  );
}
