/** Where those are whose form was refused: at the first thing that is wrong with it, which may stand far from the button. */
import { useEffect, useRef, useState } from 'react';

/** A field with an error, or the button that adds to a list with one. */
const WRONG = '[aria-invalid=true], [data-wrong]';

const isSeen = (element: HTMLElement): boolean => element.checkVisibility();

function show(form: HTMLFormElement): void {
  const field = [...form.querySelectorAll<HTMLElement>(WRONG)].find(isSeen);
  const at = field ?? form.querySelector<HTMLElement>('[role=alert]');
  // The button cannot have the focus while it saves, and so lost it.
  const focused = field ?? form.querySelector<HTMLElement>('[type=submit]');
  focused?.focus({ preventScroll: true });
  at?.scrollIntoView({ block: 'center' });
}

/** `error` is what the save failed with last; `refuse` is for what the form itself does not send. */
export function useFirstError(error: Error | null) {
  const form = useRef<HTMLFormElement>(null);
  const [refused, setRefused] = useState(0);
  useEffect(() => {
    if (form.current !== null && (error !== null || refused > 0)) show(form.current);
  }, [error, refused]);
  return { form, refuse: () => setRefused((times) => times + 1) };
}
