import { l10n } from 'vscode';

const mostNamed = 10;

/** The paths, one after the other in a sentence; beyond ten only how many more. */
export function nameFiles(paths: readonly string[]): string {
  const named = paths.slice(0, mostNamed).join(', ');
  return paths.length > mostNamed ? l10n.t('{0} and {1} more', named, paths.length - mostNamed) : named;
}

/** The paths, one a line, for the detail of a dialog; beyond ten only how many more. */
export function listFiles(paths: readonly string[]): string {
  const named = paths.slice(0, mostNamed);
  const rest = paths.length - named.length;
  return (rest > 0 ? [...named, l10n.t('… and {0} more', rest)] : named).join('\n');
}
