import { createRootRoute } from '@tanstack/react-router';
import { NotFound, PageFailed } from './page-failed';
import { Shell } from './shell';

/** Every page is a child of this one, and stands in the shell. */
export const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: PageFailed,
});
