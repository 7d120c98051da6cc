/** Where the focus is once a dialog is closed: at what opened it, or else at the beginning of the page. */
import { useLayoutEffect } from 'react';

/** What somebody is at. An entry of a menu goes with the menu; what opened that stays. */
export function whereabouts(): Element | null {
  const at = document.activeElement;
  const opener = at?.closest('[role=menu]')?.getAttribute('aria-labelledby') ?? null;
  return opener === null ? at : document.getElementById(opener);
}

const focus = (place: Element | null): boolean => {
  if (place instanceof HTMLElement && place !== document.body) place.focus({ preventScroll: true });
  return document.activeElement === place && place !== document.body;
};

function goBackTo(place: Element | null): void {
  if (!focus(place)) focus(document.querySelector('h1'));
}

/** While a dialog is `opened`; `from` is where it was asked for, where that is gone by the time that it opens. */
export function useFocusBack(opened: boolean, from: Element | null = null): void {
  useLayoutEffect(() => {
    if (!opened) return;
    const place = from ?? whereabouts();
    return () => goBackTo(place);
  }, [opened, from]);
}
