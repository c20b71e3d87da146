import { Failure } from '../../core/errors.ts';

/** The system's own code for what went wrong: `ENOENT`, `ENOSPC` … */
export function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}

/** Whether nothing is there: the name, or a folder on the way to it, or a name that the disk cannot hold. */
export function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(codeOf(error));
}

/** What the system refused, as a failure that names the file. */
export function writeFailure(error: unknown, path: string): Failure {
  if (error instanceof Failure) return error;
  return new Failure('writeFailed', { paths: [path], detail: codeOf(error) }, { cause: error });
}

export function readFailure(error: unknown, path: string): Failure {
  if (error instanceof Failure) return error;
  return new Failure('invalidFile', { paths: [path], detail: codeOf(error) }, { cause: error });
}
