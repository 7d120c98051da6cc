/** The logo of an application: a small image in the record itself, as the page may load nothing from elsewhere. */
import { z } from 'zod';

export const MAX_LOGO_BYTES = 64 * 1024;

const DATA_URL = /^data:image\/(png|jpeg|webp);base64,([A-Za-z0-9+/]+={0,2})$/;

/** What a file of each kind begins with; SVG is none of them, because it is a document that may hold scripts. */
const SIGNATURES: Readonly<Record<string, RegExp>> = {
  png: /^\x89PNG\r\n\x1a\n/,
  jpeg: /^\xff\xd8\xff/,
  webp: /^RIFF[^]{4}WEBP/,
};

const SIGNATURE_LENGTH = 16;

/** Why a text is no logo, as it goes on after the name of the field; null where it is one. */
export function logoFault(text: string): string | null {
  const [, kind = '', encoded] = DATA_URL.exec(text) ?? [];
  if (encoded === undefined)
    return 'must be a PNG, JPEG or WebP image as data:image/png;base64,…. SVG is not taken.';
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length > MAX_LOGO_BYTES)
    return `must have at most ${MAX_LOGO_BYTES / 1024} kB; this image has ${Math.ceil(bytes.length / 1024)}.`;
  const beginning = bytes.subarray(0, SIGNATURE_LENGTH).toString('latin1');
  return SIGNATURES[kind]?.test(beginning) === true
    ? null
    : `is no ${kind.toUpperCase()} image, although it is called one.`;
}

export const logoSchema = z.string().check(({ issues, value }) => {
  const message = logoFault(value);
  if (message !== null) issues.push({ code: 'custom', message, input: value });
});
