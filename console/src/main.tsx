/** The console begins here: who is signed in first, then everything else. */
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/base.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/queries';
import { watchForSomebody } from './api/presence';
import { asProblem } from './api/problem';
import { readSession } from './api/session';
import { stream } from './api/stream';
import { cspNonce } from './app/nonce';
import { router } from './app/router';
import { SignedOut } from './app/signed-out';
import { cssVariables, theme } from './app/theme';
import { Failed } from './ui/page-state';

const root = createRoot(document.getElementById('root') ?? document.body);

const dressed = (inside: React.ReactNode) => (
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariables}
    defaultColorScheme="auto"
    getStyleNonce={cspNonce}
  >
    {inside}
  </MantineProvider>
);

const console = (
  <QueryClientProvider client={queryClient}>
    <RouterProvider router={router} />
    <SignedOut />
    <Notifications position="bottom-right" autoClose={6000} />
  </QueryClientProvider>
);

/** The console itself could not be opened: the server was not reached, or did not say who is signed in. */
const Unopened = ({ error }: { readonly error: unknown }) => (
  <main className="alone">
    <Failed error={error} retry={() => window.location.reload()} />
  </main>
);

function fail(error: unknown): void {
  const { pathname, search } = window.location;
  if (asProblem(error).status === 401)
    window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
  else root.render(dressed(<Unopened error={error} />));
}

watchForSomebody();
// The page that the address names comes while the server is asked who is signed in.
void router.load();
readSession().then(() => {
  stream.start();
  root.render(dressed(console));
}, fail);
