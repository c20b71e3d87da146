import { relative, resolve, sep } from 'node:path';
import type { TextRange } from '../../core/definition/definition.ts';
import { onOneLine } from '../texts/onOneLine.ts';
import { placeOf, type Finding, type FindingKind } from './finding.ts';

/** Names files as whoever called the command does, and makes findings about them. */
export class FilePlaces {
  constructor(
    private readonly cwd: string,
    /** The folder that was asked for; absolute. */
    private readonly root: string,
  ) {}

  /** `path` below `folder` of the folder that was asked for. */
  nameOf(folder: string, path: string): string {
    return relative(this.cwd, resolve(this.root, folder, path))
      .split(sep)
      .join('/');
  }

  finding(
    kind: FindingKind,
    [folder, path, range]: readonly [folder: string, path: string, range?: TextRange | undefined],
    message: string,
    severity: Finding['severity'] = 'error',
  ): Finding {
    return { kind, severity, file: this.nameOf(folder, path), ...placeOf(range), message: onOneLine(message) };
  }
}
