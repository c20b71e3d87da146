import { Uri, type DataTransfer, type TreeDragAndDropController } from 'vscode';
import type { ApiKey } from '../../app/apiNode.ts';
import type { TreeRow } from './treeRow.ts';

const uriList = 'text/uri-list';

/** Takes files that are dragged from the explorer or an editor onto an API, or onto anything below it. */
export class FileDrop implements TreeDragAndDropController<TreeRow> {
  readonly dropMimeTypes = [uriList];
  readonly dragMimeTypes: readonly string[] = [];

  constructor(private readonly onDrop: (api: ApiKey | undefined, uris: readonly Uri[]) => Promise<void>) {}

  async handleDrop(target: TreeRow | undefined, data: DataTransfer): Promise<void> {
    const text = await data.get(uriList)?.asString();
    const uris = (text ?? '')
      .split(/\r?\n/)
      // RFC 2483: a line with # is a comment.
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => Uri.parse(line, true));
    if (uris.length > 0) await this.onDrop(target?.api, uris);
  }
}
