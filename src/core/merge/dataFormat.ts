import { baseName } from '../model/repoPath.ts';
import type { RepoPath } from '../model/repoPath.ts';

/** What a file's name says that it is; `unknown` where it says nothing and the content has to be asked. */
export type DataFormat = 'json' | 'yaml' | 'other' | 'unknown';

export function dataFormat(path: RepoPath): DataFormat {
  const extension = /\.([^.]+)$/u.exec(baseName(path).toLowerCase())?.[1] ?? '';
  if (extension === 'json') return 'json';
  if (yamlExtensions.has(extension)) return 'yaml';
  return otherExtensions.has(extension) ? 'other' : 'unknown';
}

const yamlExtensions: ReadonlySet<string> = new Set(['yaml', 'yml', 'raml']);
const otherExtensions: ReadonlySet<string> = new Set(
  'md mdx txt adoc rst graphql gql graphqls proto wsdl xsd xml html css csv js mjs cjs ts sh py'.split(' '),
);
