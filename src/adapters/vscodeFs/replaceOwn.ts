import { Failure } from '../../core/errors.ts';
import { ownFolderName } from '../../core/model/pathRules.ts';
import type { FolderFileSystem } from '../../ports/folderFileSystem.ts';

/**
 * Writes a file of our own folder: a reader sees the old one or the new one, never a part. The folder ignores itself
 * from its first file on. @throws Failure `writeFailed`.
 */
export async function replaceOwn(fs: FolderFileSystem, path: string, bytes: Uint8Array): Promise<void> {
  const ignore = `${ownFolderName}/.gitignore`;
  const temporary = `${path}.new`;
  try {
    if ((await fs.stat(ignore)) === undefined) await fs.write(ignore, new TextEncoder().encode('*\n'));
    await fs.write(temporary, bytes);
    await fs.rename(temporary, path);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Failure('writeFailed', { paths: [path], detail }, { cause: error });
  }
}
