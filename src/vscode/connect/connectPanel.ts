import { env, l10n, Uri, ViewColumn, window, type WebviewPanel } from 'vscode';
import type { ApiKey } from '../../app/apiNode.ts';
import { DisposableStore, type Disposable } from '../../core/events.ts';
import type { FormCalls } from '../../protocol/connectMessages.ts';
import { parseFromForm } from '../../protocol/parseFromForm.ts';
import { Responder } from '../../protocol/responder.ts';
import { connectPanel } from '../contributions.ts';
import type { ConnectServices } from './connectServices.ts';
import { formHandlers } from './formHandlers.ts';
import { panelHtml } from './panelHtml.ts';
import { Troubles } from './troubles.ts';

interface Shown extends Disposable {
  readonly panel: WebviewPanel;
  readonly target: ApiKey | undefined;
}

/** The connect form's editor: one in a window, and it comes back with the window. */
export class ConnectPanel implements Disposable {
  private readonly files: Uri;
  private readonly serializer: Disposable;
  private shown: Shown | undefined;

  constructor(
    extensionUri: Uri,
    private readonly services: ConnectServices,
  ) {
    this.files = Uri.joinPath(extensionUri, 'dist', 'webview');
    this.serializer = window.registerWebviewPanelSerializer(connectPanel, {
      deserializeWebviewPanel: (panel, state) => Promise.resolve(this.restore(panel, state)),
    });
  }

  /** Shows the form; for an API that exists, or to make one in passing. */
  open(api?: ApiKey): void {
    const { shown } = this;
    if (shown === undefined) this.fill(this.create(), api);
    else if (api === undefined || api === shown.target) shown.panel.reveal();
    else {
      shown.panel.reveal();
      this.fill(shown.panel, api);
    }
  }

  dispose(): void {
    this.serializer.dispose();
    this.shown?.panel.dispose();
  }

  /** A tab comes back when it is looked at; by then the person may have opened a new one. */
  private restore(panel: WebviewPanel, state: unknown): void {
    if (this.shown === undefined) this.fill(panel, targetOf(state));
    else panel.dispose();
  }

  private create(): WebviewPanel {
    return window.createWebviewPanel(connectPanel, l10n.t('Connect Repository'), ViewColumn.Active);
  }

  /** Gives the panel a fresh page; an answer to an earlier page reaches nobody. */
  private fill(panel: WebviewPanel, target: ApiKey | undefined): void {
    this.shown?.dispose();
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [this.files] };
    const lifetime = new DisposableStore();
    const troubles = new Troubles(this.services.log, this.services.actions, target);
    const responder = lifetime.add(
      new Responder<FormCalls>({
        handlers: formHandlers(this.services, {
          target,
          asking: (host) => (troubles.host = host),
          act: (action) => troubles.act(action),
          connected: (api) => {
            panel.dispose();
            this.services.onConnected(api);
          },
        }),
        parse: parseFromForm,
        post: (message) => void webview.postMessage(message),
        describe: (error) => troubles.describe(error),
      }),
    );
    lifetime.add(webview.onDidReceiveMessage((message: unknown) => responder.receive(message)));
    const shown: Shown = { panel, target, dispose: () => lifetime.dispose() };
    lifetime.add(panel.onDidDispose(() => this.forget(shown)));
    this.shown = shown;
    webview.html = this.html(panel);
  }

  private forget(shown: Shown): void {
    shown.dispose();
    if (this.shown === shown) this.shown = undefined;
  }

  private html({ webview, title }: WebviewPanel): string {
    const file = (name: string): string => webview.asWebviewUri(Uri.joinPath(this.files, name)).toString();
    return panelHtml({
      title,
      language: env.language,
      cspSource: webview.cspSource,
      nonce: globalThis.crypto.randomUUID(),
      script: file('main.js'),
      style: file('style.css'),
      icons: file('codicon.css'),
    });
  }
}

/** Which API a kept form was for; whether that still exists is found out when the form asks. */
function targetOf(state: unknown): ApiKey | undefined {
  if (typeof state !== 'object' || state === null || !('target' in state)) return undefined;
  return typeof state.target === 'string' ? (state.target as ApiKey) : undefined;
}
