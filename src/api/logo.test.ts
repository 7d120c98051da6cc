import { expect, test } from 'vitest';
import { logoFault, MAX_LOGO_BYTES } from './logo.ts';

const BEGINNINGS = {
  png: '\x89PNG\r\n\x1a\n',
  jpeg: '\xff\xd8\xff\xe0',
  webp: 'RIFF\x10\x00\x00\x00WEBP',
} as const;

const image = (kind: string, beginning: string, size = 100): string =>
  `data:image/${kind};base64,${Buffer.concat([Buffer.from(beginning, 'latin1'), Buffer.alloc(size)])
    .subarray(0, size)
    .toString('base64')}`;

test.each(Object.entries(BEGINNINGS))('%s is a logo', (kind, beginning) => {
  expect(logoFault(image(kind, beginning))).toBeNull();
  expect(logoFault(image(kind, beginning, MAX_LOGO_BYTES))).toBeNull();
});

test.each([
  [
    'one that is too large',
    image('png', BEGINNINGS.png, MAX_LOGO_BYTES + 1),
    'at most 64 kB; this image has 65',
  ],
  ['SVG', `data:image/svg+xml;base64,${Buffer.from('<svg/>').toString('base64')}`, 'SVG is not taken'],
  ['an address', 'https://acme.test/logo.png', 'must be a PNG, JPEG or WebP'],
  ['a script', 'javascript:alert(1)', 'must be a PNG, JPEG or WebP'],
  [
    'one kind under the name of another',
    image('png', BEGINNINGS.jpeg),
    'is no PNG image, although it is called one.',
  ],
  ['HTML under the name of an image', image('jpeg', '<html>'), 'is no JPEG image'],
  ['nothing', '', 'must be a PNG'],
])('%s is none', (_what, text, fault) => {
  expect(logoFault(text)).toContain(fault);
});
