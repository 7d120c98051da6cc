/** What stands where a page should be: at an address of none, and where it could not be shown. */
import { Anchor, Button } from '@mantine/core';
import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { reachServer } from '../api/reach';
import { PageHeader } from '../ui/page-header';
import { Empty, Failed, NOT_SHOWN } from '../ui/page-state';

/** An address at which there is no page. */
export const NotFound = () => (
  <>
    <PageHeader title="There is no such page" />
    <Empty
      title="The address leads nowhere"
      action={
        <Anchor component={Link} to="/">
          To the beginning
        </Anchor>
      }
    >
      The page may have been moved, or the address was cut off on its way.
    </Empty>
  </>
);

const isOldPage = (error: unknown): boolean =>
  error instanceof Error && /dynamically imported module|preload/i.test(error.message);

/** Loads the page anew, once there is a server to load it from. */
const reload = (): void =>
  void reachServer().then(
    () => window.location.reload(),
    () => undefined,
  );

/** A page that could not be shown, because of a fault of its own or because a new version took its place. */
export function PageFailed({ error }: ErrorComponentProps) {
  return (
    <>
      <PageHeader title={NOT_SHOWN} />
      {isOldPage(error) ? (
        <Empty
          title="Rollcall was updated meanwhile"
          action={<Button onClick={reload}>Load the new version</Button>}
        >
          This page is of the version before.
        </Empty>
      ) : (
        <Failed error={error} retry={reload} />
      )}
    </>
  );
}
