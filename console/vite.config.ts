import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npm run console:dev` shows the console as it is written, with the API of this server. */
const server = process.env.ROLLCALL_SERVER ?? 'http://127.0.0.1:8080';
const pages = ['/api', '/portal', '/sign-in', '/sign-out', '/password', '/factors', '/sessions', '/saml'];

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react()],
  // src/portal/console.ts puts a nonce of its own into each answer.
  html: { cspNonce: 'NONCE_OF_THIS_ANSWER' },
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    manifest: true,
    // Nothing in the address of data: the policy lets no script come from there.
    assetsInlineLimit: 0,
    // What counts is what a page takes compressed, and test/browser/console.test.ts holds that.
    chunkSizeWarningLimit: 1000,
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What every page needs, in one file, and what many of them share in another: left to itself, the bundler makes
            // sixty small files of it, which take longer to fetch and, as each is compressed alone, more bytes.
            { name: 'console', test: /console\/src\/main\.tsx$/, priority: 2 },
            { name: 'shared', minShareCount: 6, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: Object.fromEntries(pages.map((path) => [path, { target: server }])) },
});
