/**
 * The packages of this folder: other people's SCIM service providers. They have a package.json of their own, because one of
 * them is larger than everything else together; `npm test` installs them. TypeScript does not know them, so that
 * everything else compiles where they are missing.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Loads a package of this folder; what it is, the caller parses. Fails with what to do where it is not installed. */
export function loadPackage(name: string): unknown {
  try {
    return require(name);
  } catch (error) {
    throw new Error(
      `The package "${name}" of the interop suite cannot be loaded: run \`npm ci\` in test/interop, or \`npm test\`, which does so.`,
      { cause: error },
    );
  }
}
