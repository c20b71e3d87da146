import assert from 'node:assert/strict';
import type { RepoPath } from '../../../../src/core/model/repoPath.ts';
import { attributeFilesOf, mayRewrite } from '../../../../src/hosts/bitbucketDataCenter/attributes.ts';

describe('rules that make an archive lie', () => {
  const is = (rules: string, path: string, folder = ''): boolean => mayRewrite(rules, folder, path as RepoPath);

  it('are those that turn line ends, expand words or leave files out', () => {
    for (const rule of [
      'eol=crlf',
      'text eol=crlf',
      'ident',
      'working-tree-encoding=UTF-16',
      'export-subst',
      'export-ignore',
    ]) {
      assert.equal(is(`*.yaml ${rule}\n`, 'a/b.yaml'), true, rule);
    }
    for (const rule of ['text', 'text=auto', 'eol=lf', '-text', 'binary', '-ident', 'filter=lfs diff=lfs merge=lfs']) {
      assert.equal(is(`*.yaml ${rule}\r\n`, 'a/b.yaml'), false, rule);
    }
    assert.equal(is('# *.yaml eol=crlf', 'b.yaml'), false);
  });

  it('count for the files that they name', () => {
    assert.equal(is('*.bat eol=crlf', 'a/b.yaml'), false);
    assert.equal(is('b.yaml eol=crlf', 'a/b.yaml'), true);
    assert.equal(is('/b.yaml eol=crlf', 'a/b.yaml'), false);
    assert.equal(is('/a/b.yaml eol=crlf', 'a/b.yaml'), true);
    assert.equal(is('docs export-ignore', 'a/docs/b.yaml'), true);
    assert.equal(is('b.yaml eol=crlf', 'api/b.yaml', 'api'), true);
    assert.equal(is('api/b.yaml eol=crlf', 'api/b.yaml', 'api'), false);
  });

  it('count in doubt for everything', () => {
    for (const pattern of ['*', 'a*', '**/x', '[ab].yaml', '"a b"', '[attr]odd']) {
      assert.equal(is(`${pattern} eol=crlf`, 'z.json'), true, pattern);
    }
  });

  it('are looked for in every folder above a file', () => {
    const all = new Set(['.gitattributes', 'a/b/.gitattributes', 'c/.gitattributes'] as RepoPath[]);
    assert.deepEqual(attributeFilesOf('a/b/c.yaml' as RepoPath, all), ['.gitattributes', 'a/b/.gitattributes']);
    assert.deepEqual(attributeFilesOf('x.yaml' as RepoPath, all), ['.gitattributes']);
    assert.deepEqual(attributeFilesOf('a/b/c.yaml' as RepoPath, new Set()), []);
  });
});
