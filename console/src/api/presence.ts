/** Whether somebody is at this page: what it reads while nobody is must not keep their session from coming to rest. */

/** Whoever looks at a page without touching it is taken for gone after this long. */
const STAYS_MS = 60_000;

/** `click` and `input` come also from those who use neither keys nor a pointer. */
const SIGNS = ['click', 'input', 'keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** The header of a read that nobody asked for. */
export const BY_ITSELF = { name: 'x-background', value: 'true' } as const;

// Whoever opened the page is at it.
let lastSign = Date.now();

const note = (): void => {
  lastSign = Date.now();
};

export function watchForSomebody(): void {
  for (const sign of SIGNS) window.addEventListener(sign, note, { capture: true, passive: true });
}

export const isSomebodyHere = (): boolean => Date.now() - lastSign < STAYS_MS;
