/** Pages of what a person has a few of: sessions and second factors. */
import type { Factor } from '../store/factors.ts';
import { pageOfAll, type Page, type PageRequest } from '../store/page.ts';
import type { ListedSession } from '../store/sessions.ts';

/** A page of sessions; the search looks in the browser and in the address. */
export const pageOfSessions = (all: readonly ListedSession[], request: PageRequest): Page<ListedSession> =>
  pageOfAll(
    all,
    request,
    ({ id }) => id,
    ({ address, userAgent }) => `${userAgent} ${address}`,
  );

/** A page of second factors; the search looks in the label. */
export const pageOfFactors = (all: readonly Factor[], request: PageRequest): Page<Factor> =>
  pageOfAll(
    all,
    request,
    ({ id }) => id,
    ({ label }) => label,
  );
