import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = process.env['DATA_DIR'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** A folder of real data; `undefined` where it is not there. */
export function dataFolder(name: string): string | undefined {
  const folder = join(root, name);
  return existsSync(folder) ? folder : undefined;
}
