import { build } from '../../esbuild.mjs';
import type { Say } from './say.ts';

/** Bundles the extension as it is in this folder. */
export async function buildExtension(say: Say): Promise<void> {
  say('Building the extension …');
  await build({ production: false });
}
