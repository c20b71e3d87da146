import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ApiNode } from '../../../src/app/apiNode.ts';
import { ApiStore } from '../../../src/app/apiStore.ts';
import { asBlobId } from '../../../src/core/model/ids.ts';
import { asRepoPath } from '../../../src/core/model/repoPath.ts';
import { apisOfFile, fileUri, pathBelow } from '../../../src/vscode/apiFiles.ts';
import { changeMark } from '../../../src/vscode/changeMark.ts';
import { comparison } from '../../../src/vscode/files/openDiff.ts';
import { parseSideUri, sideUri, type ShownSide } from '../../../src/vscode/files/sideUri.ts';
import { ApiSourceControl } from '../../../src/vscode/scm/apiSourceControl.ts';
import { ChangeRows } from '../../../src/vscode/scm/changeRows.ts';
import { ChangeState } from '../../../src/vscode/scm/changeState.ts';
import { groupItems } from '../../../src/vscode/scm/groupItems.ts';
import { QuickDiff } from '../../../src/vscode/scm/quickDiff.ts';
import { SourceControls } from '../../../src/vscode/scm/sourceControls.ts';
import { FileDrop } from '../../../src/vscode/tree/fileDrop.ts';
import { rowItem } from '../../../src/vscode/tree/rowItem.ts';
import { rowTooltip } from '../../../src/vscode/tree/rowTexts.ts';
import { parseRowUri, rowUri } from '../../../src/vscode/tree/rowUri.ts';
import { TreeModel } from '../../../src/vscode/tree/treeModel.ts';
import type { TreeRow } from '../../../src/vscode/tree/treeRow.ts';
import { apiKey, apiNode, everyChange, file, HandStore, syncStatus, unresolved } from '../../unit/vscode/apiNodes.ts';

const connected: ApiNode = apiNode('payments', {
  state: 'connected',
  sync: syncStatus({ plan: everyChange, outgoing: 3, incoming: 3, conflicts: 1 }),
  definition: {
    type: { format: 'openapi', version: '3.1.0' },
    files: [
      file('apis/openapi.yaml', 'root'),
      file('apis/a b#c%.yaml'),
      { ...file('apis/new.yaml'), presence: 'incoming' },
      file('apis/old.yaml', 'unreferenced'),
    ],
    references: [unresolved('apis/openapi.yaml', './gone.yaml', 3)],
    documents: [],
  },
});

function items(node: ApiNode): { row: TreeRow; item: vscode.TreeItem }[] {
  const model = new TreeModel(new HandStore([node]));
  const below = (row: TreeRow): TreeRow[] => [row, ...model.children(row).flatMap(below)];
  return model
    .roots()
    .flatMap(below)
    .map((row) => ({ row, item: rowItem(row, node) }));
}

describe('Rows of the APIs view', () => {
  it('have a stable id, a context value and a name for screen readers', () => {
    for (const { row, item } of items(connected)) {
      assert.equal(item.id, row.id);
      assert.ok(item.contextValue, row.id);
      assert.ok(item.accessibilityInformation?.label, row.id);
    }
  });

  it('say branch and counts, type, and what is special about a file', () => {
    const descriptions = items(connected).map(({ item }) => [item.label, item.description]);
    assert.deepEqual(descriptions, [
      ['payments', 'main ↑3 ↓3 !1'],
      ['Definition', 'OpenAPI 3.1.0'],
      ['openapi.yaml', 'root'],
      ['gone.yaml', 'not in the repository · ./gone.yaml'],
      ['a b#c%.yaml', ''],
      ['new.yaml', 'not pulled yet'],
      ['old.yaml', 'no longer referenced'],
      ['Collections', 'none yet'],
    ]);
  });

  it('say when there is no root file, or none where it should be', () => {
    const described = (parts: Partial<ApiNode>): unknown => items(apiNode('a', parts))[1]?.item.description;
    const { api } = apiNode('a');
    const rootFile = asRepoPath('openapi.yaml');
    const empty = { files: [], references: [], documents: [] };
    assert.equal(described({ definition: empty }), 'no root file yet');
    assert.equal(described({ api: { ...api, rootFile } }), '', 'not looked at yet');
    assert.equal(described({ api: { ...api, rootFile }, definition: empty }), 'root file is missing');
  });

  it('say what is wrong with a branch', () => {
    const description = (parts: Parameters<typeof syncStatus>[0]): unknown =>
      items(apiNode('a', { state: 'connected', sync: syncStatus(parts) }))[0]?.item.description;
    assert.equal(description({ standing: 'deleted' }), 'main – branch deleted');
    assert.equal(description({ standing: 'rewritten' }), 'main – branch rewritten');
    assert.equal(description({ standing: 'unborn' }), 'main – no commit yet');
    assert.equal(description({ inDoubt: true }), 'main – push in doubt');
    assert.equal(description({ pushingElsewhere: true }), 'main – another window is pushing');
  });

  it('explain themselves without reading names as Markdown', () => {
    const hostile = { ...connected, api: { ...connected.api, name: '[x](command:evil) **b**' } };
    const [api] = items(hostile);
    assert.ok(api);
    const tooltip = rowTooltip(api.row, hostile, undefined);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.ok(!tooltip.value.includes('](command:'), tooltip.value);
    assert.notEqual(tooltip.isTrusted, true);
  });

  it('find their way back from the URI of their icon', () => {
    const path = asRepoPath('apis/a b#c%?.yaml');
    const uri = vscode.Uri.parse(rowUri(apiKey('x'), path).toString());
    assert.deepEqual(parseRowUri(uri), { api: apiKey('x'), path });
  });
});

describe('Files of APIs', () => {
  it('have a URI and are found by it again', () => {
    const path = asRepoPath('apis/a b#c%.yaml');
    const uri = fileUri(connected, path);
    assert.deepEqual(
      apisOfFile({ apis: [connected] } as unknown as ApiStore, uri).map((found) => [found.node.key, found.path]),
      [[connected.key, path]],
    );
    assert.equal(
      pathBelow(vscode.Uri.parse('file:///work/rep'), uri),
      undefined,
      'a folder whose name only begins alike',
    );
    assert.equal(pathBelow(vscode.Uri.parse('file:///work/repo/'), uri), path);
  });
});

describe('Sides of a file', () => {
  it('of another version are another document', () => {
    const file = { api: connected.key, path: asRepoPath('apis/openapi.yaml'), side: 'mine' } as const;
    const uri = sideUri({ ...file, of: 'a-b' });
    assert.notEqual(uri.toString(), sideUri({ ...file, of: 'c-b' }).toString());
    assert.deepEqual(parseSideUri(uri), { ...file, of: 'a-b' });
    assert.deepEqual(parseSideUri(sideUri(file)), file);
  });

  it('keep the name of the file and come back from text', () => {
    for (const side of ['base', 'remote', 'empty', 'mine'] satisfies ShownSide[]) {
      const of = { api: apiKey('a&b'), path: asRepoPath('apis/ü & #%?.yaml'), side };
      const uri = sideUri(of);
      assert.ok(uri.path.endsWith('/ü & #%?.yaml'));
      assert.deepEqual(parseSideUri(vscode.Uri.parse(uri.toString())), of);
    }
    assert.equal(parseSideUri(vscode.Uri.parse('api-source-control:/a.yaml?other&x')), undefined);
    assert.equal(parseSideUri(vscode.Uri.parse('file:///a.yaml?base&x')), undefined);
  });

  it('compare base with here for changes, here with the repository for the rest', () => {
    const sideOf = (uri: vscode.Uri): string => parseSideUri(uri)?.side ?? 'local';
    const shown = everyChange.map((item) => {
      const { left, right } = comparison(connected, item);
      return `${item.path}: ${sideOf(left)} ${sideOf(right)}`;
    });
    assert.deepEqual(shown, [
      'a-added: empty local',
      'b-modified: base local',
      'c-deleted: base empty',
      'd-new: empty remote',
      'e-newer: local remote',
      'f-gone: local empty',
      'g-both: local remote',
      'h-joined: local remote',
      'i-same: base local',
    ]);
  });

  it('are the gutter’s originals, but not of new files nor of files of others', () => {
    const store = new ApiStore();
    store.reset([connected], []);
    const quickDiff = new QuickDiff(store, connected.key);
    const original = (path: string): string | undefined => {
      const uri = quickDiff.provideOriginalResource(fileUri(connected, asRepoPath(path)));
      return uri === undefined ? undefined : parseSideUri(uri)?.side;
    };
    assert.equal(original('apis/openapi.yaml'), 'base');
    assert.equal(original('b-modified'), 'base');
    assert.equal(original('a-added'), undefined);
    assert.equal(original('unknown.yaml'), undefined);
    store.dispose();
  });
});

describe('Source controls', () => {
  it('strike through what is deleted and fade what comes in', () => {
    const marked = everyChange.flatMap((item) => {
      const mark = changeMark(item);
      return mark === undefined ? [] : [new ChangeState(connected, item, mark)];
    });
    const struck = marked.filter(({ decorations }) => decorations.strikeThrough).map(({ item }) => item.path);
    const faded = marked.filter(({ decorations }) => decorations.faded).map(({ item }) => item.path);
    assert.deepEqual(struck, ['c-deleted', 'f-gone']);
    assert.deepEqual(faded, ['d-new', 'e-newer', 'f-gone']);
    for (const { decorations, command } of marked) {
      assert.ok(decorations.tooltip);
      assert.equal(command.command, 'apiSourceControl.openChange');
    }
  });

  it('keep a row that says the same, so that a click on it or a menu of it is not lost to a refresh', () => {
    const rows = new ChangeRows();
    const { changes } = groupItems(everyChange);
    const [first, ...others] = rows.show(connected, changes);
    const again = rows.show({ ...connected }, structuredClone(changes));
    assert.ok(first !== undefined && others.length > 0);
    assert.ok(again.every((row, index) => row === [first, ...others][index]));
    const [changed, ...same] = structuredClone(changes);
    assert.ok(changed?.item.local !== undefined);
    const edited = { ...changed.item, local: { ...changed.item.local, id: asBlobId('e'.repeat(40)) } };
    const [followed] = rows.show(connected, [{ ...changed, item: edited }, ...same]);
    assert.equal(followed, first, 'another content says the same');
    assert.equal(followed.item, edited, 'and is what a command gets');
    const [fresh, ...kept] = rows.show(connected, [{ ...changed, mark: 'conflict' }, ...same]);
    assert.notEqual(fresh, first, 'another mark is another row');
    assert.ok(kept.every((row, index) => row === others[index]));
  });

  it('count what a person has to do and name API, branch and key in the box', () => {
    const control = new ApiSourceControl(connected, undefined);
    assert.equal(control.sourceControl.count, 5);
    assert.equal(control.sourceControl.inputBox.placeholder, 'Message ({0} to push “payments” to “main”)');
    control.demandMessage(true);
    assert.match(control.sourceControl.inputBox.placeholder, /^Not pushed/);
    control.update({ ...connected, sync: syncStatus({ branch: 'develop' }) });
    assert.equal(control.sourceControl.count, 0);
    control.demandMessage(false);
    assert.match(control.sourceControl.inputBox.placeholder, /“develop”/);
    control.dispose();
  });

  it('come with a connection, keep the message through a rename, and go with it', () => {
    const store = new ApiStore();
    const controls = new SourceControls(store);
    store.reset([connected, apiNode('local')], []);
    const { key } = connected;
    assert.equal(controls.message(key), '');
    // The box of the source control that was made last.
    vscode.scm.inputBox.value = 'my words';
    assert.equal(controls.message(key), 'my words');
    store.update([key], (node) => ({ ...node, api: { ...node.api, name: 'renamed' } }));
    assert.equal(controls.message(key), 'my words');
    controls.clearMessage(key, 'what was pushed before');
    assert.equal(controls.message(key), 'my words', 'typed while a push was under way');
    controls.clearMessage(key, 'my words');
    assert.equal(controls.message(key), '');
    store.update([key], (node) => ({ ...node, state: 'local' }));
    assert.equal(controls.apiOf({}), undefined);
    controls.dispose();
    store.dispose();
  });

  it('keep the plan they were given until there is another', () => {
    const control = new ApiSourceControl(connected, undefined);
    control.update({ ...connected, running: 'pull' });
    assert.equal(control.sourceControl.count, 5);
    control.dispose();
  });
});

describe('Dropping files on an API', () => {
  it('reads every address of the list, whatever the line ends, and no comment', async () => {
    const dropped: string[] = [];
    const drop = new FileDrop(async (api, uris) => void dropped.push(`${api}`, ...uris.map(({ path }) => path)));
    const data = new vscode.DataTransfer();
    const list = '# two files\r\nfile:///work/repo/a%20b.yaml\r\nfile:///work/repo/c.yaml\n';
    data.set('text/uri-list', new vscode.DataTransferItem(list));
    await drop.handleDrop({ kind: 'api', id: connected.key, api: connected.key }, data);
    assert.deepEqual(dropped, [connected.key, '/work/repo/a b.yaml', '/work/repo/c.yaml']);
  });

  it('does nothing with what is no file', async () => {
    const drop = new FileDrop(() => Promise.reject(new Error('nothing was dropped')));
    await drop.handleDrop(undefined, new vscode.DataTransfer());
  });
});
