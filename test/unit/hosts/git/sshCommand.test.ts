import assert from 'node:assert/strict';
import { sshCommand, unattendedOptions, type SshSettings } from '../../../../src/hosts/git/sshCommand.ts';

const none: SshSettings = { environmentCommand: undefined, configuredCommand: '', program: undefined };

describe('sshCommand', () => {
  const table: readonly (readonly [string, SshSettings, string])[] = [
    ['plain ssh', none, 'ssh -oBatchMode=yes'],
    [
      'the variable before the setting',
      { ...none, environmentCommand: 'ssh -i key', configuredCommand: 'other' },
      'ssh -i key -oBatchMode=yes',
    ],
    [
      'the setting before the program',
      { ...none, configuredCommand: 'ssh -F cfg', program: '/opt/ssh' },
      'ssh -F cfg -oBatchMode=yes',
    ],
    ['a program, as one word', { ...none, program: "/opt/it's/my ssh" }, "'/opt/it'\\''s/my ssh' -oBatchMode=yes"],
    [
      'PuTTY',
      { ...none, program: 'C:\\Program Files\\PuTTY\\plink.exe' },
      "'C:\\Program Files\\PuTTY\\plink.exe' -batch",
    ],
    [
      'TortoisePlink',
      { ...none, configuredCommand: '"C:/Git/TortoisePlink.exe" -v' },
      '"C:/Git/TortoisePlink.exe" -v -batch',
    ],
    ['a folder named like plink', { ...none, configuredCommand: '/plinkage/ssh' }, '/plinkage/ssh -oBatchMode=yes'],
  ];
  for (const [what, settings, expected] of table) {
    it(`respects ${what}`, () => assert.equal(sshCommand(settings, unattendedOptions(settings)), expected));
  }
});
