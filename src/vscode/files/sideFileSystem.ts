import {
  FilePermission,
  FileChangeType,
  FileSystemError,
  FileType,
  workspace,
  type FileChangeEvent,
  type FileStat,
  type FileSystemProvider,
  type Uri,
} from 'vscode';
import type { ApiKey } from '../../app/apiNode.ts';
import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import type { UseCases } from '../../app/useCases.ts';
import { commonText } from '../../core/merge/commonText.ts';
import { DisposableStore, Emitter, type Disposable } from '../../core/events.ts';
import { fileUri } from '../apiFiles.ts';
import { sideScheme } from '../contributions.ts';
import { parseSideUri, type SideOfFile } from './sideUri.ts';

/** What an open document was given: a new `mtime` makes VS Code read again. */
interface Served {
  readonly uri: Uri;
  readonly file: SideOfFile;
  version: number;
  /** Only of `mine` and of what is made of it. */
  frozen?: Uint8Array;
}

/** One side of a file as a read-only document, byte for byte. */
export class SideFileSystem implements FileSystemProvider, Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly changes = this.subscriptions.add(new Emitter<FileChangeEvent[]>());
  private readonly served = new Map<string, Served>();

  readonly onDidChangeFile = this.changes.event;

  constructor(
    private readonly store: ReadonlyApiStore,
    private readonly useCases: Pick<UseCases, 'contents'>,
  ) {
    this.subscriptions.add(
      workspace.registerFileSystemProvider(sideScheme, this, { isReadonly: true, isCaseSensitive: true }),
    );
    this.subscriptions.add(store.onDidChange((keys) => this.announce(keys)));
    this.subscriptions.add(workspace.onDidCloseTextDocument(({ uri }) => this.served.delete(uri.toString())));
  }

  async stat(uri: Uri): Promise<FileStat> {
    const bytes = await this.readFile(uri);
    const version = this.served.get(uri.toString())?.version ?? 0;
    return { type: FileType.File, ctime: 0, mtime: version, size: bytes.length, permissions: FilePermission.Readonly };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    const file = parseSideUri(uri);
    if (file === undefined) throw FileSystemError.FileNotFound(uri);
    if (file.side === 'empty') return new Uint8Array();
    await this.loaded();
    const node = this.store.get(file.api);
    if (node === undefined) throw FileSystemError.FileNotFound(uri);
    const served = this.serve(uri, file);
    if (file.side === 'mine') return (served.frozen ??= await workspace.fs.readFile(fileUri(node, file.path)));
    const side = file.side === 'common' ? 'remote' : file.side;
    const bytes = await this.useCases.contents(file.api, file.path, side);
    if (bytes === undefined) throw FileSystemError.FileNotFound(uri);
    if (file.side !== 'common') return bytes;
    return (served.frozen ??= commonText(await workspace.fs.readFile(fileUri(node, file.path)), bytes));
  }

  /** The store says what changed; there is nothing to watch. */
  watch(): Disposable {
    return { dispose: () => undefined };
  }

  readDirectory(uri: Uri): never {
    throw FileSystemError.FileNotADirectory(uri);
  }

  createDirectory(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  /** A restored editor asks before the first `apis.json` was read. */
  private async loaded(): Promise<void> {
    if (this.store.loaded) return;
    await new Promise<void>((resolve) => {
      const subscription = this.store.onDidChange(() => {
        if (!this.store.loaded) return;
        subscription.dispose();
        resolve();
      });
    });
  }

  private serve(uri: Uri, file: SideOfFile): Served {
    const key = uri.toString();
    const known = this.served.get(key);
    if (known !== undefined) return known;
    const made: Served = { uri, file, version: 1 };
    this.served.set(key, made);
    return made;
  }

  private announce(keys: ReadonlySet<ApiKey>): void {
    const events: FileChangeEvent[] = [];
    for (const served of this.served.values()) {
      if (!keys.has(served.file.api) || served.frozen !== undefined) continue;
      served.version += 1;
      events.push({ type: FileChangeType.Changed, uri: served.uri });
    }
    if (events.length > 0) this.changes.fire(events);
  }
}
