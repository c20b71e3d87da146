import { limits } from '../limits.ts';
import { readTree, textOf, treeAt } from './documentTree.ts';
import { decodeText } from './text.ts';

/**
 * What OpenAPI and AsyncAPI call the API: `info.title`, on one line. `undefined` where there is none in the first
 * {@link limits.detectBytes} bytes.
 */
export function readTitle(bytes: Uint8Array): string | undefined {
  const tree = readTree(decodeText(bytes.subarray(0, limits.detectBytes)));
  const title = textOf(treeAt(tree, 'info', 'title'))
    ?.replaceAll(/\s+/g, ' ')
    .trim();
  return title === '' ? undefined : title;
}
