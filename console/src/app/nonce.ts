/** The nonce of this page, which its policy asks of every style element. */
import { setNonce } from 'get-nonce';

export const cspNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// Locking the page behind a modal makes a style element too.
setNonce(cspNonce());
