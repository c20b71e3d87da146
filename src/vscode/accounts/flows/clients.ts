import { l10n, window, workspace, type SecretStorage } from 'vscode';
import { Failure } from '../../../core/errors.ts';
import type { HostId } from '../../../core/model/repository.ts';
import type { OAuthClient } from '../../../ports/oauth.ts';
import { settings } from '../../contributions.ts';
import { application } from './application.ts';
import type { KnownClient } from './flowTable.ts';

/** Who we are at each server: what an organization has set for its own comes before what the build was told. */
export class Clients {
  constructor(private readonly secrets: Pick<SecretStorage, 'get' | 'store' | 'delete'>) {}

  known(origin: string): KnownClient | undefined {
    // Only a person's own settings count: the setting is of the application, so that no workspace has a say.
    const own = workspace
      .getConfiguration(settings.section)
      .get<Readonly<Record<string, unknown>>>(settings.oauthClients);
    const id = Object.entries(own ?? {}).find(([server]) => server.replace(/\/+$/, '') === origin)?.[1];
    if (typeof id === 'string' && id !== '') return { id, isOwn: true };
    const built: Readonly<Record<string, string>> = application.clients;
    return built[origin] === undefined ? undefined : { id: built[origin], isOwn: false };
  }

  /** With the secret where the host wants one: asked for once. @throws Failure `cancelled`, `unsupported` */
  async open(host: HostId, origin: string): Promise<OAuthClient> {
    const client = this.known(origin);
    if (client === undefined) throw new Failure('unsupported', { origin, detail: 'oauthAbsent' });
    if (host !== 'bitbucket') return { id: client.id };
    const key = secretKey(origin, client.id);
    const kept = await this.secrets.get(key);
    if (kept !== undefined) return { id: client.id, secret: kept };
    const secret = await window.showInputBox({
      title: l10n.t('OAuth Consumer'),
      prompt: l10n.t('The secret of the consumer {0}. It is kept in VS Code’s secret store.', client.id),
      password: true,
      ignoreFocusOut: true,
    });
    if (secret === undefined || secret === '') throw new Failure('cancelled');
    await this.secrets.store(key, secret);
    return { id: client.id, secret };
  }

  /** The host did not take it: it is asked for again. */
  async forgetSecret(origin: string, { id }: OAuthClient): Promise<void> {
    await this.secrets.delete(secretKey(origin, id));
  }
}

function secretKey(origin: string, client: string): string {
  return `consumer:${JSON.stringify([origin, client])}`;
}
