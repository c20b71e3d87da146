import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import ts from 'typescript';
import { projectFolder } from '../workbench/folders.ts';

/** Texts that `l10n.t` gets in one file, and the places where it gets something that no translator can see. */
function textsOf(file: string, source: string): { texts: string[]; hidden: string[] } {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const texts: string[] = [];
  const hidden: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText(tree) === 'l10n.t') {
      const [text] = node.arguments;
      if (text !== undefined && ts.isStringLiteralLike(text)) texts.push(text.text);
      else hidden.push(`${file}:${String(tree.getLineAndCharacterOfPosition(node.getStart()).line + 1)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { texts, hidden };
}

async function textsBelow(folder: string): Promise<{ texts: Set<string>; hidden: string[] }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = new Set<string>();
  const hidden: string[] = [];
  for (const entry of entries.filter(({ name }) => name.endsWith('.ts'))) {
    const file = path.join(entry.parentPath, entry.name);
    const found = textsOf(path.relative(projectFolder, file), await readFile(file, 'utf8'));
    for (const text of found.texts) texts.add(text);
    hidden.push(...found.hidden);
  }
  return { texts, hidden };
}

describe('what translators get', () => {
  it('finds the texts of a file, and what is hidden from it', () => {
    const source = "l10n.t('a');\nl10n.t(`b`, 1);\nl10n.t(someText);\nother.t('c');";
    assert.deepEqual(textsOf('x.ts', source), { texts: ['a', 'b'], hidden: ['x.ts:3'] });
  });

  it('is every text of the extension, and nothing that is gone: npm run l10n', async () => {
    const { texts, hidden } = await textsBelow(path.join(projectFolder, 'src'));
    const bundle = JSON.parse(await readFile(path.join(projectFolder, 'l10n/bundle.l10n.json'), 'utf8')) as object;
    assert.deepEqual(hidden, [], 'only a literal can be translated');
    assert.deepEqual(Object.keys(bundle).sort(), [...texts].sort());
  });

  it('has placeholders in order, so that a translator may move them', async () => {
    const { texts } = await textsBelow(path.join(projectFolder, 'src'));
    for (const text of texts) {
      const used = new Set([...text.matchAll(/\{(\d+)\}/g)].map(([, number]) => Number(number)));
      assert.deepEqual(
        [...used].sort(),
        [...used.keys()].map((_, index) => index),
        text,
      );
    }
  });
});
