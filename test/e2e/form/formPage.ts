import axe from 'axe-core';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Locator, Page } from 'playwright-core';
import type { FormSetup } from '../../../src/protocol/connectMessages.ts';
import { panelHtml } from '../../../src/vscode/connect/panelHtml.ts';
import { FakeExtension, setupOf } from './fakeExtension.ts';
import type { FormBundle } from './formBundle.ts';
import { themeStyle, type ThemeName } from './themes.ts';

const contentTypes: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };

/** What VS Code gives to the page: messages to the extension, and a state that survives a reload. */
const vscodeApi = `
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => void window.toExtension(message),
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
  });
`;

export interface FormPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly setup?: Partial<FormSetup>;
  /** Changes the answers before the form asks for the first. */
  readonly prepare?: (extension: FakeExtension) => void;
}

/** The connect form on a page of its own, under the real content security policy, before a fake extension. */
export class FormPage {
  /** What the browser refused or threw; a good run leaves it empty. */
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    readonly extension: FakeExtension,
    private readonly server: Server,
  ) {}

  static async open(browser: Browser, bundle: FormBundle, options: FormPageOptions = {}): Promise<FormPage> {
    const server = await serve(bundle, options.theme ?? 'dark');
    const page = await browser.newPage({ viewport: { width: options.width ?? 900, height: 1000 } });
    const extension = new FakeExtension({ ...setupOf(bundle.strings), ...options.setup }, (message) => {
      // A page that is on its way out hears nothing, as in VS Code.
      void page.evaluate((data) => window.postMessage(data), message).catch(() => undefined);
    });
    options.prepare?.(extension);
    const form = new FormPage(page, extension, server);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') form.complaints.push(message.text());
    });
    page.on('pageerror', (error) => form.complaints.push(error.message));
    await page.exposeFunction('toExtension', (message: unknown) => extension.receive(message));
    await page.addInitScript(vscodeApi);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await form.box('Repository').waitFor();
    return form;
  }

  box(label: string): Locator {
    return this.page.getByRole('combobox', { name: label, exact: true });
  }

  text(label: string): Locator {
    return this.page.getByRole('textbox', { name: label, exact: true });
  }

  button(label: string): Locator {
    return this.page.getByRole('button', { name: label });
  }

  /** Types a repository and leaves the field; waits for the preview that follows. */
  async chooseRepository(address: string): Promise<void> {
    await this.box('Repository').fill(address);
    await this.page.keyboard.press('Tab');
    await this.settled();
  }

  /** Until the preview is there and nothing is looked for any more: a preview alone may still be the one before. */
  async settled(): Promise<void> {
    await this.page.getByText('1 root file, 14 dependent files').waitFor();
    await this.page.waitForFunction(() => document.querySelector('.loading') === null);
  }

  /** Violations that axe finds, as text: `rule: element`. */
  async violations(): Promise<readonly string[]> {
    // Through the debugger, which the page's content security policy does not reach.
    await this.page.evaluate(axe.source);
    return await this.page.evaluate(async () => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document);
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
    });
  }

  async close(): Promise<void> {
    await this.page.close();
    await new Promise((done) => this.server.close(done));
  }
}

async function serve({ files }: FormBundle, theme: ThemeName): Promise<Server> {
  const html = panelHtml({
    title: 'Connect a Repository',
    language: 'en',
    cspSource: `'self'`,
    nonce: 'a-nonce-of-the-test',
    script: '/main.js',
    style: '/style.css',
    icons: '/codicon.css',
  }).replace('</head>', '<link rel="stylesheet" href="/theme.css"></head>');
  const all = new Map<string, Uint8Array | string>([...files, ['theme.css', themeStyle(theme)]]);
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1);
    const body = name === '' ? html : all.get(name);
    const type = name === '' ? 'text/html' : contentTypes[name.split('.').at(-1) ?? ''];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type ?? 'text/plain', connection: 'close' });
    response.end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}
