/** Asking before what cannot be undone, or reaches an application. */
import { Button, Stack, TextInput } from '@mantine/core';
import { useRouterState } from '@tanstack/react-router';
import { createContext, use, useState, type ReactNode, type SubmitEvent } from 'react';
import { asProblem, isConflict } from '../api/problem';
import { Dialog } from './dialog';
import { DialogButtons } from './dialog-buttons';

import { whereabouts } from './focus-back';
import { LAYERS } from './layers';
import { Notice } from './notice';
import { Saving } from './unsaved';
import { useSaving } from './use-saving';

export interface Question {
  /** `Delete Ada Lovelace?` */
  readonly title: string;
  /** What will come of it, with numbers. */
  readonly body: ReactNode;
  /** What the button says: `Delete user`. */
  readonly act: string;
  /** What the button says that leaves everything as it is, where "Cancel" could be taken for the act. */
  readonly keep?: string;
  readonly danger?: boolean;
  /** What has to be typed first, such as how many are deleted (R6). */
  readonly type?: { readonly label: string; readonly text: string };
  /** Does it. Where it fails, the reason shows, and the question stays; once it is closed, the reason is told all the same. */
  readonly run: () => Promise<void>;
}

const ConfirmContext = createContext<(question: Question) => void>(() => undefined);

/** `const confirm = useConfirm(); confirm({ title, body, act, run })` */
export const useConfirm = () => use(ConfirmContext);

const OUTDATED =
  'Somebody else changed this meanwhile, and nothing was done. The page behind shows it as it is now: close this, and decide again.';

interface AnswerProps {
  readonly question: Question;
  /** False while it vanishes. */
  readonly opened: boolean;
  readonly close: () => void;
}

function Answer({ question, opened, close }: AnswerProps) {
  const { body, act, danger = false, keep = 'Cancel', type } = question;
  const [typed, setTyped] = useState('');
  const run = useSaving({ act, save: question.run, goOn: close, isShown: () => opened });
  // What was asked is about a record that is no more as it was.
  const outdated = isConflict(run.error);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    run.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <div>{body}</div>
        <Saving status={run.status} inPage={false} />
        {type && (
          <TextInput
            label={type.label}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        {run.error && <Notice tone="bad">{outdated ? OUTDATED : asProblem(run.error).message}</Notice>}
        <DialogButtons>
          <Button variant="default" onClick={close} data-autofocus={type === undefined || undefined}>
            {outdated ? 'Close' : keep}
          </Button>
          <Button
            type="submit"
            color={danger ? 'red' : 'accent'}
            loading={run.isPending}
            disabled={outdated || (type !== undefined && typed.trim() !== type.text)}
          >
            {act}
          </Button>
        </DialogButtons>
      </Stack>
    </form>
  );
}

export function ConfirmProvider({ children }: { readonly children: ReactNode }) {
  const [question, setQuestion] = useState<Question | null>(null);
  // A question is about the page that it was asked on.
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const [askedOn, setAskedOn] = useState<string | null>(null);
  const [from, setFrom] = useState<Element | null>(null);
  const opened = question !== null && askedOn === path;
  const confirm = (asked: Question) => {
    setQuestion(asked);
    setAskedOn(path);
    setFrom(whereabouts());
  };
  const close = () => setAskedOn(null);
  return (
    <ConfirmContext value={confirm}>
      {children}
      <Dialog
        opened={opened}
        from={from}
        onClose={close}
        title={question?.title}
        // It may stand over the form that it is asked for, and a page has one banner.
        zIndex={LAYERS.question}
        attributes={{ header: { role: 'presentation' } }}
        onExitTransitionEnd={() => setQuestion(null)}
      >
        {question && <Answer key={question.title} question={question} opened={opened} close={close} />}
      </Dialog>
    </ConfirmContext>
  );
}
