/** The route above all others: every page is a child of it, and stands in the shell. */
import { createRootRoute } from '@tanstack/react-router';
import { NotFound, PageFailed } from './page-failed';
import { Shell } from './shell';

export const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: PageFailed,
});
