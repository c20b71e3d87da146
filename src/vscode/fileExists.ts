import { FileSystemError, workspace, type Uri } from 'vscode';

/** Whether a file system says that nothing is there. Any other refusal is not an answer: what it hides may be there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof FileSystemError && (error.code === 'FileNotFound' || error.code === 'FileNotADirectory');
}

export async function fileExists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
