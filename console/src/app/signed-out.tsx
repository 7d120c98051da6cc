/** Over whatever page is open when a session ends: sign in, and everything goes on where it stopped. */
import { Anchor, Button, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore, type SubmitEvent } from 'react';
import { ApiProblem, asProblem } from '../api/problem';
import { currentState, readSession, signInAgain, watchSession } from '../api/session';
import { LAYERS } from '../ui/layers';
import { Notice } from '../ui/notice';

const asksForCode = (error: unknown): boolean =>
  error instanceof ApiProblem && error.body.secondFactor !== undefined;

/** Looks whether somebody signed in, in another tab, whenever this one is looked at again. */
function useSignInElsewhere(signedOut: boolean): void {
  useEffect(() => {
    if (!signedOut) return;
    const look = () => void readSession().catch(() => undefined);
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [signedOut]);
}

/** While it asks, Escape does not close what stands behind it either. It listens first, as it is there before any dialog opens. */
function useKeepBehind(): void {
  useEffect(() => {
    const keep = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && currentState().signedOut) event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', keep, { capture: true });
    return () => window.removeEventListener('keydown', keep, { capture: true });
  }, []);
}

/** Signs in with a password, and with a code once one is asked for. */
function useSigningIn() {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [needsCode, setNeedsCode] = useState(false);
  const signIn = useMutation({
    mutationFn: () => signInAgain(password, code),
    onError: (error) => setNeedsCode((before) => before || asksForCode(error)),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  const problem = signIn.error && !asksForCode(signIn.error) ? asProblem(signIn.error).message : null;
  return { password, setPassword, code, setCode, needsCode, problem, submit, pending: signIn.isPending };
}

const WithPasskey = () => (
  <Text size="sm" c="dimmed">
    With a passkey:{' '}
    <Anchor href="/sign-in?next=/portal" target="_blank" underline="always">
      sign in in a new tab
    </Anchor>
    , and come back here.
  </Text>
);

const here = (): string => window.location.pathname + window.location.search;

/** Another person loads the console anew: what this one typed is not theirs. */
const AsSomebodyElse = () => (
  <Text size="sm" c="dimmed">
    Not you?{' '}
    <Anchor href={`/sign-in?next=${encodeURIComponent(here())}`} underline="always">
      Sign in as somebody else
    </Anchor>
    . What was not saved here is given up.
  </Text>
);

function SignInAgain({ username }: { readonly username: string }) {
  const { password, setPassword, code, setCode, needsCode, problem, submit, pending } = useSigningIn();
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>Nothing is lost: sign in again, and what you were doing goes on.</Text>
        {problem !== null && <Notice tone="bad">{problem}</Notice>}
        <TextInput label="User name" value={username} autoComplete="username" readOnly />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          required
          data-autofocus
        />
        {needsCode && (
          <TextInput
            label="Code of your authenticator app, or a recovery code"
            autoComplete="one-time-code"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            required
            autoFocus
          />
        )}
        <Button type="submit" loading={pending}>
          Sign in
        </Button>
        <WithPasskey />
        <AsSomebodyElse />
      </Stack>
    </form>
  );
}

export function SignedOut() {
  const { session, signedOut } = useSyncExternalStore(watchSession, currentState);
  useSignInElsewhere(signedOut);
  useKeepBehind();
  return (
    <Modal.Root
      opened={signedOut}
      onClose={() => undefined}
      closeOnEscape={false}
      zIndex={LAYERS.signedOut}
      centered
      padding="lg"
      radius="lg"
    >
      <Modal.Overlay />
      <Modal.Content>
        {/* It may stand over another modal, and a page has one banner. */}
        <Modal.Header role="presentation">
          <Modal.Title>You were signed out</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <SignInAgain username={session?.username ?? ''} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
