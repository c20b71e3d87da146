import type { FileDefect } from '../../core/definition/fileDefects.ts';

/** What is wrong with a file, for people. */
export function defectText({ message, detail }: FileDefect): string {
  switch (message) {
    case 'conflictMarkers':
      return 'Conflict markers were left in.';
    case 'doesNotParse':
      return detail === undefined ? 'This does not parse.' : `This does not parse: ${withoutStop(detail)}.`;
    case 'duplicateKey':
      return detail === undefined ? 'The same key is here twice.' : `The key “${detail}” is here twice.`;
    case 'tooLarge':
      return 'This file is too large to be checked.';
    case 'tooDeep':
      return 'This is nested too deeply to be checked.';
    case 'binary':
      return 'This file is not text.';
  }
}

function withoutStop(detail: string): string {
  return detail.replace(/[\s.]+$/, '');
}
