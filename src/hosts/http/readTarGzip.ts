import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import { gunzip } from './gunzip.ts';
import { readTar } from './readTar.ts';

/**
 * The regular files of a `.tar.gz` that `git archive` wrote, by their whole names. The contents are views into one
 * buffer.
 * @throws Failure `unexpectedAnswer` when it is no such archive, or a damaged one.
 */
export function readTarGzip(archive: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  try {
    const entries = [...readTar(gunzip(archive, limits.answerBytes))];
    return Promise.resolve(
      new Map(entries.flatMap(({ name, kind, bytes }) => (kind === 'file' ? [[name, bytes]] : []))),
    );
  } catch (cause) {
    return Promise.reject(new Failure('unexpectedAnswer', { detail: 'the archive is damaged' }, { cause }));
  }
}
