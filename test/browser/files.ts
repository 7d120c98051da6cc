/** Files to upload in stories. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file of that name with that content, in a folder of its own; answers its path. */
export function fileWith(name: string, content: string | Buffer): string {
  const path = join(mkdtempSync(join(tmpdir(), 'rollcall-upload-')), name);
  writeFileSync(path, content);
  return path;
}
