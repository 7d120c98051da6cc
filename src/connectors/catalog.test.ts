import { expect, test } from 'vitest';
import { catalog, requireConnector } from './catalog.ts';

test.each(catalog.map(({ key, logo }) => [key, logo]))(
  'the logo of %s is a drawing, and nothing else',
  (_key, logo) => {
    expect(logo).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 48 48">/);
    expect(logo).not.toMatch(/<(script|foreignObject|image|use|style)|\son\w+=|href|url\(/i);
    expect(logo.length).toBeLessThan(2000);
  },
);

test('an application whose connector this version does not have says which version to run', () => {
  const ask = () => requireConnector({ connector: 'gone-wiki', label: 'Wiki' });
  expect(ask).toThrow(/"Wiki".*"gone-wiki".*Run the version that made it/);
  expect(ask).toThrow(expect.objectContaining({ kind: 'unavailable' }));
});
