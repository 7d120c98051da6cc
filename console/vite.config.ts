import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npm run console:dev` shows the console as it is written, with the API of this server. */
const server = process.env.ROLLCALL_SERVER ?? 'http://127.0.0.1:8080';
const pages = ['/api', '/portal', '/sign-in', '/sign-out', '/password', '/factors', '/sessions', '/saml'];

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react()],
  // src/api/console.ts puts a nonce of its own into each answer.
  html: { cspNonce: 'NONCE_OF_THIS_ANSWER' },
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    manifest: true,
    // Nothing in the address of data: the policy lets no script come from there.
    assetsInlineLimit: 0,
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
  server: { proxy: Object.fromEntries(pages.map((path) => [path, { target: server }])) },
});
