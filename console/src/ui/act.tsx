/** A small button in a row that does something at once, and can be undone by hand. */
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { asProblem } from '../api/problem';
import { notifyFailure } from './notify';

interface Props {
  /** What it does, in a word: `Remove`. */
  readonly label: string;
  /** To whom, for those who hear it: `Ada from Engineering`. */
  readonly about: string;
  readonly run: () => Promise<unknown>;
}

export function Act({ label, about, run }: Props) {
  const act = useMutation({ mutationFn: run, onError: (error) => notifyFailure(asProblem(error).message) });
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      aria-label={`${label} ${about}`}
      loading={act.isPending}
      onClick={() => act.mutate()}
    >
      {label}
    </Button>
  );
}
