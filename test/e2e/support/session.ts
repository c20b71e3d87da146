import { randomBytes } from 'node:crypto';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { makeSample } from '../../sample/makeSample.ts';
import type { Sample } from '../../sample/makeSample.ts';
import { projectFolder } from '../../workbench/folders.ts';
import { launchBrowser } from '../../workbench/launchBrowser.ts';
import { startServer } from '../../workbench/startServer.ts';
import type { RunningServer } from '../../workbench/startServer.ts';
import { writeUserSettings } from '../../workbench/userSettings.ts';
import { vscodeServer } from '../../workbench/vscodeServer.ts';
import { workbenchUrl } from '../../workbench/workbenchUrl.ts';
import { Workbench } from './workbench.ts';

export interface SessionOptions {
  /** User settings beside the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Ask whether the folder is trusted; without it every folder is. */
  readonly workspaceTrust?: boolean;
  /** Added to the environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Folder of the extension; the project itself unless a test stages another. */
  readonly extension?: string;
}

/** A VS Code server, a browser and a fresh sample, for the tests of one file. */
export class Session {
  /** Removed when the session ends: tests may write what they like into it. */
  readonly folder: string;
  readonly sample: Sample;
  readonly #server: RunningServer;
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  readonly #extension: string;
  #last: Workbench | undefined;

  private constructor(
    folder: string,
    sample: Sample,
    server: RunningServer,
    browser: Browser,
    context: BrowserContext,
    extension: string,
  ) {
    this.folder = folder;
    this.sample = sample;
    this.#server = server;
    this.#browser = browser;
    this.#context = context;
    this.#extension = extension;
  }

  static async start(options: SessionOptions = {}): Promise<Session> {
    const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'asc-e2e-')));
    const say = (): void => undefined;
    const dataFolder = path.join(folder, 'vscode');
    await writeUserSettings(path.join(dataFolder, 'data/User'), options.settings);
    const sample = await makeSample(folder);
    const env = { ...(await gitIdentity(folder)), ...options.env };
    const browser = await launchBrowser(say);
    const server = await startServer(await vscodeServer(say), {
      development: true,
      dataFolder,
      workspaceTrust: options.workspaceTrust ?? false,
      env,
    });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    // A slow machine is no failure.
    context.setDefaultTimeout(60_000);
    const secretKey = randomBytes(32);
    await context.route('**/mint-key', (route) => route.fulfill({ body: secretKey }));
    return new Session(folder, sample, server, browser, context, options.extension ?? projectFolder);
  }

  /** Opens a window on a folder (the sample's workspace unless told) or, with `undefined`, an empty window. */
  async open(folder: string | undefined = this.sample.workspace): Promise<Workbench> {
    return await this.#show(folder);
  }

  async openEmptyWindow(): Promise<Workbench> {
    return await this.#show(undefined);
  }

  /** Takes a picture of the window opened last, for a failed test. */
  async pictureOfFailure(title: string): Promise<void> {
    await this.#last?.screenshot(`failed ${title}`);
  }

  async end(): Promise<void> {
    await this.#context.close();
    await this.#browser.close();
    await this.#server.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #show(folder: string | undefined): Promise<Workbench> {
    const page = await this.#context.newPage();
    const { port } = this.#server;
    const url = workbenchUrl({ port, extension: this.#extension, ...(folder === undefined ? {} : { folder }) });
    this.#last = await Workbench.open(page, url);
    return this.#last;
  }
}

/** Commits get a name, and nothing of this machine's Git settings has a say. */
async function gitIdentity(folder: string): Promise<Record<string, string>> {
  const config = path.join(folder, 'gitconfig');
  await writeFile(config, '[user]\n\tname = Katherine Johnson\n\temail = katherine@acme.example\n');
  return { GIT_CONFIG_GLOBAL: config, GIT_CONFIG_NOSYSTEM: '1' };
}
