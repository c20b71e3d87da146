import { l10n, window } from 'vscode';
import type { CredentialPrompt, Credentials } from '../ports/credentials.ts';

/** Git's and ssh's questions as input boxes. The answer goes back to the program and nowhere else. */
export class CredentialsPrompt implements Credentials {
  async ask({ kind, text }: CredentialPrompt): Promise<string | undefined> {
    if (kind === 'hostKey') return askHostKey(text);
    return window.showInputBox({
      title: titleOf(kind),
      prompt: text,
      password: kind !== 'username',
      ignoreFocusOut: true,
    });
  }
}

async function askHostKey(text: string): Promise<string | undefined> {
  const trust = l10n.t('Trust This Server');
  const message = l10n.t('This server is not known on this computer. Do you trust it?');
  const detail = [text, l10n.t('Compare the fingerprint with the one that its owner publishes.')].join('\n\n');
  return (await window.showWarningMessage(message, { modal: true, detail }, trust)) === trust ? 'yes' : undefined;
}

function titleOf(kind: Exclude<CredentialPrompt['kind'], 'hostKey'>): string {
  switch (kind) {
    case 'username':
      return l10n.t('Git asks for a user name');
    case 'password':
      return l10n.t('Git asks for a password or token');
    case 'passphrase':
      return l10n.t('ssh asks for the passphrase of your key');
  }
}
