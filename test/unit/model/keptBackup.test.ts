import assert from 'node:assert/strict';
import { parseBackupName } from '../../../src/core/model/backupName.ts';
import { decodeBackupNote, encodeBackupNote, type BackupNote } from '../../../src/core/model/backupNote.ts';
import { copiesByBackup, keptBackup, newestFirst } from '../../../src/core/model/keptBackup.ts';

const note: BackupNote = {
  branch: 'main',
  parked: new Map([['1 feature-x', 'feature/x']]),
  executable: new Set(['run.sh', '1 feature-x/run.sh']),
};

describe('what a backup says of itself', () => {
  it('is when and why, from its name, and nothing where a person named it', () => {
    const time = Date.UTC(2026, 10, 22, 20, 38, 5);
    assert.deepEqual(parseBackupName('2026-11-22 20-38-05 discard'), { reason: 'discard', time });
    assert.deepEqual(parseBackupName('2026-11-22 20-38-05 delete-branch 12'), { reason: 'delete-branch', time });
    for (const name of ['2026-11-22 20-38-05 other', '2026-13-99 20-38-05 discard', 'mine', '2026-11-22 discard'])
      assert.equal(parseBackupName(name), undefined, name);
  });

  it('is the branch, what was parked and what is executable, from its note', () => {
    assert.deepEqual(decodeBackupNote(encodeBackupNote(note)), note);
    const bare: BackupNote = { parked: new Map(), executable: new Set() };
    assert.deepEqual(decodeBackupNote(encodeBackupNote(bare)), bare);
    for (const text of ['', '[]', 'null', '{}', '{"branch":1,"parked":{},"executable":[]}', '{"parked":[]}'])
      assert.equal(decodeBackupNote(text), undefined, text);
  });

  it('is where each file belongs: those that were parked without their branch’s folder', () => {
    const copies = ['run.sh', 'b/a.yaml', '1 feature-x/run.sh', '2 other/a.yaml'];
    assert.deepEqual(keptBackup('mine', copies, note).files, [
      { path: '2 other/a.yaml', copy: '2 other/a.yaml', mode: 'regular' },
      { path: 'b/a.yaml', copy: 'b/a.yaml', mode: 'regular' },
      { path: 'run.sh', copy: 'run.sh', mode: 'executable' },
      { path: 'run.sh', copy: '1 feature-x/run.sh', mode: 'executable', parkedOn: 'feature/x' },
    ]);
  });

  it('is told apart by folder, notes left out, the newest first and those without a time last', () => {
    const names = ['hand', '2026-01-02 00-00-00 discard', '2026-01-02 00-00-00 discard 2', '2026-01-03 00-00-00 push'];
    const paths = names.flatMap((name) => [`${name}/a.yaml`, `${name}/b/c.yaml`, `${name}.json`]);
    const byName = copiesByBackup(paths);
    assert.deepEqual(
      [...byName],
      names.map((name) => [name, ['a.yaml', 'b/c.yaml']]),
    );
    const sorted = newestFirst([...byName].map(([name, copies]) => keptBackup(name, copies, undefined)));
    assert.deepEqual(
      sorted.map(({ name }) => name),
      [names[3], names[2], names[1], names[0]],
    );
  });
});
