import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { commands, contextKeys, groups, scmId, settings, sideScheme, views } from '../../src/vscode/contributions.ts';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category?: string; icon?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<Record<string, readonly { id: string; icon?: string; name: string }[]>>;
    readonly viewsWelcome: readonly { view: string; contents: string; when: string }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { markdownDescription?: string; scope?: string }>>;
    };
  };
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')) as T;
}

const manifest = read<Manifest>('package.json');
const { contributes } = manifest;
const nls = read<Record<string, string>>('package.nls.json');
const menuItems = Object.entries(contributes.menus).flatMap(([menu, items]) =>
  items.map((item) => ({ menu, ...item })),
);

/** Called on a row or a file; without one there is nothing to ask for. */
const needArgument = [
  'renameApi',
  'removeApi',
  'approve',
  'setRootFile',
  'removeFile',
  'deleteFile',
  'settlePush',
  'openChange',
  'openFile',
  'openMergeEditor',
  'acceptMine',
  'acceptTheirs',
  'markResolved',
  'discard',
  'contribute',
  'declineSignIn',
] as const;

/** Every context value that a row of the tree can have; the tree model's test makes them all. */
const contextValues = [
  'api local',
  'api unapproved',
  'api connected',
  'api connected inDoubt',
  'api connected offline',
  'api connected web',
  'definition',
  'definition connected',
  ...['root', 'dependent', 'added', 'unreferenced'].flatMap((role) => [
    `definitionFile ${role}`,
    `definitionFile ${role} connected`,
    `definitionFile ${role} connected web`,
  ]),
  'folder',
  'problem',
  'collections',
  'collections connected',
  'collection',
  'collection connected',
  'collection connected web',
  'collectionFolder',
  'request',
  'notice contribute',
  'notice signedOut',
  'server',
  'account signedIn',
  'account signedIn page',
  'account signedOut',
  'account signedOut page',
  'use',
];

describe('manifest', () => {
  it('declares exactly the commands of contributions.ts', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), Object.values(commands).sort());
  });

  it('gives every command a category and a title of package.nls.json', () => {
    for (const { command, title, category } of contributes.commands) {
      assert.ok(category, command);
      assert.match(title, /^%[\w.]+%$/, command);
    }
  });

  it('finds every %text% in package.nls.json, and uses every text of it', () => {
    const used = new Set([...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, name]) => name ?? ''));
    assert.deepEqual([...used].sort(), Object.keys(nls).sort());
  });

  it('names in menus and welcome texts only commands that exist', () => {
    const known: readonly string[] = Object.values(commands);
    for (const { menu, command } of menuItems) assert.ok(known.includes(command), `${command} in ${menu}`);
    for (const [, id] of Object.values(nls)
      .join('\n')
      .matchAll(/\(command:(apiSourceControl\.\w+)\)/g))
      assert.ok(known.includes(id ?? ''), id);
  });

  it('hides from the palette what needs an argument, and only that', () => {
    const hidden = (contributes.menus['commandPalette'] ?? []).filter(({ when }) => when === 'false');
    assert.deepEqual(hidden.map(({ command }) => command).sort(), needArgument.map((name) => commands[name]).sort());
  });

  it('says of every command but Show Log when the palette has it', () => {
    const decided = (contributes.menus['commandPalette'] ?? []).map(({ command }) => command);
    assert.deepEqual(
      Object.values(commands).filter((id) => !decided.includes(id)),
      [commands.showLog],
    );
  });

  it('uses in when-clauses only keys that are set', () => {
    const known: readonly string[] = [...Object.values(contextKeys), ...Object.values(views), scmId];
    const clauses = [...menuItems.map(({ when }) => when ?? ''), ...contributes.viewsWelcome.map(({ when }) => when)];
    for (const clause of clauses)
      for (const [key] of clause.matchAll(/apiSourceControl[\w.]*/g))
        assert.ok(known.includes(key), `${key} in: ${clause}`);
  });

  it('matches with every viewItem clause a row that exists, and never all rows', () => {
    for (const { command, when } of contributes.menus['view/item/context'] ?? []) {
      const pattern = /viewItem =~ \/(.+)\/$/.exec(when ?? '')?.[1];
      assert.ok(pattern, `${command}: ${when}`);
      const matched = contextValues.filter((value) => new RegExp(pattern).test(value));
      assert.ok(matched.length > 0, `${command}: nothing matches ${pattern}`);
      assert.ok(matched.length < contextValues.length, `${command}: everything matches ${pattern}`);
    }
  });

  it('puts at most three inline actions on any row', () => {
    const inline = (contributes.menus['view/item/context'] ?? []).filter(({ group }) => group?.startsWith('inline'));
    for (const value of contextValues) {
      const shown = inline.filter(({ when }) =>
        new RegExp(/viewItem =~ \/(.+)\/$/.exec(when ?? '')?.[1] ?? '').test(value),
      );
      assert.ok(shown.length <= 3, `${value}: ${shown.map(({ command }) => command).join(', ')}`);
    }
  });

  it('shows inline and in title bars only commands with an icon', () => {
    const icons = new Map(contributes.commands.map(({ command, icon }) => [command, icon]));
    for (const { menu, command, group } of menuItems)
      if (group?.startsWith('inline') === true || group?.startsWith('navigation') === true)
        assert.ok(icons.get(command), `${command} in ${menu}`);
  });

  it('names in Source Control menus only groups that are made', () => {
    const known: readonly string[] = Object.values(groups);
    for (const { menu, when } of menuItems)
      for (const [, group] of (when ?? '').matchAll(/scmResourceGroup == (\w+)/g))
        assert.ok(known.includes(group ?? ''), `${group} in ${menu}`);
    for (const { menu, when } of menuItems)
      if (menu.startsWith('scm/')) assert.match(when ?? '', new RegExp(`scmProvider == ${scmId}\\b`), menu);
  });

  it('declares the settings of contributions.ts, each described and scoped', () => {
    const { section, ...names } = settings;
    const { properties } = contributes.configuration;
    assert.deepEqual(
      Object.keys(properties).sort(),
      Object.values(names)
        .map((name) => `${section}.${name}`)
        .sort(),
    );
    for (const [name, { markdownDescription, scope }] of Object.entries(properties)) {
      assert.ok(markdownDescription, name);
      assert.ok(scope, name);
    }
  });

  it('is not activated at every start, but for each restored document and panel', () => {
    assert.ok(!manifest.activationEvents.includes('*'));
    assert.ok(!manifest.activationEvents.includes('onStartupFinished'));
    assert.ok(manifest.activationEvents.includes(`onFileSystem:${sideScheme}`));
  });
});
