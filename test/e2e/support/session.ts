import { randomBytes } from 'node:crypto';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import type { SampleHost } from '../../sample/hosts/sampleHost.ts';
import { makeSample } from '../../sample/makeSample.ts';
import type { Sample } from '../../sample/makeSample.ts';
import { startSampleHosts } from '../../sample/sampleHosts.ts';
import type { SampleHostId } from '../../sample/sampleHosts.ts';
import { BrowserRecord } from '../../secrets/browserRecord.ts';
import { logFilesEnvironment } from '../../secrets/logFiles.ts';
import { KnownSecrets } from '../../secrets/knownSecrets.ts';
import { ProcessRecord } from '../../secrets/processRecord.ts';
import { SecretScan } from '../../secrets/secretScan.ts';
import type { Written } from '../../secrets/written.ts';
import { writtenAt } from '../../secrets/written.ts';
import { writtenFiles } from '../../secrets/writtenFiles.ts';
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
  /** Of another session, where both use the same hosts. */
  readonly secrets?: KnownSecrets;
}

/** What a session is made of, and writes to. */
interface SessionParts {
  readonly folder: string;
  readonly sample: Sample;
  readonly server: RunningServer;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly extension: string;
  readonly secrets: KnownSecrets;
  readonly pages: BrowserRecord;
  readonly processes: ProcessRecord;
}

/** A VS Code server, a browser and a fresh sample, for the tests of one file. No secret is in what they wrote. */
export class Session {
  /** Removed when the session ends: tests may write what they like into it. */
  readonly folder: string;
  readonly sample: Sample;
  /** What must be written nowhere; tests add what else they type. */
  readonly secrets: KnownSecrets;
  readonly #parts: SessionParts;
  readonly #hosts: SampleHost[] = [];
  /** Folders outside the session's own in which hosts keep repositories. */
  readonly #elsewhere = new Set<string>();
  #last: Workbench | undefined;

  private constructor(parts: SessionParts) {
    this.folder = parts.folder;
    this.sample = parts.sample;
    this.secrets = parts.secrets;
    this.#parts = parts;
  }

  static async start(options: SessionOptions = {}): Promise<Session> {
    const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'asc-e2e-')));
    const say = (): void => undefined;
    const dataFolder = path.join(folder, 'vscode');
    await writeUserSettings(path.join(dataFolder, 'data/User'), options.settings);
    const sample = await makeSample(folder);
    const vscode = await vscodeServer(say);
    const processes = new ProcessRecord(await realpath(await mkdtemp(path.join(tmpdir(), 'asc-processes-'))));
    const logs = logFilesEnvironment(vscode, path.join(folder, 'logger'));
    const env = { ...(await gitSettings(folder, processes)), ...processes.environment, ...logs, ...options.env };
    const browser = await launchBrowser(say);
    const server = await startServer(vscode, {
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
    const pages = await BrowserRecord.of(context);
    const { extension = projectFolder, secrets = new KnownSecrets() } = options;
    return new Session({ folder, sample, server, browser, context, extension, secrets, pages, processes });
  }

  /** Starts stand-ins that have the sample. The scan knows what they give; whoever asks for them stops them. */
  async startHosts(
    ids: readonly SampleHostId[],
    folder = path.join(this.folder, 'hosts'),
  ): Promise<readonly SampleHost[]> {
    const hosts = await startSampleHosts(this.sample.repository, folder, ids);
    for (const { tokens, grants } of hosts) this.secrets.from(() => [...tokens.issued, ...(grants?.secrets ?? [])]);
    this.#hosts.push(...hosts);
    if (!folder.startsWith(this.folder)) this.#elsewhere.add(folder);
    return hosts;
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

  /** Looks for `secrets` in everything that was written so far. */
  async scan(secrets: readonly string[]): Promise<SecretScan> {
    return this.#scan(secrets, await this.#storage(), this.#parts.processes.read());
  }

  /** @throws SecretsFound when a secret is in anything that was written. */
  async end(): Promise<void> {
    const { context, browser, server, processes } = this.#parts;
    try {
      const [storage, started] = [await this.#storage(), processes.read()];
      await context.close();
      await browser.close();
      await server.stop();
      // What is written last counts, too.
      this.#scan(this.secrets.all(), storage, started).end();
    } finally {
      await browser.close();
      await server.stop();
      for (const folder of [this.folder, processes.folder]) {
        await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      }
    }
  }

  #storage(): Promise<readonly Written[]> {
    return this.#parts.pages.storage(`http://127.0.0.1:${this.#parts.server.port}`);
  }

  #scan(secrets: readonly string[], storage: readonly Written[], started: readonly Written[]): SecretScan {
    const scan = new SecretScan(secrets);
    for (const folder of [this.folder, ...this.#elsewhere]) scan.lookAt('files', writtenFiles(folder));
    scan.lookAt('messages', [...storage, ...this.#parts.pages.messages]);
    for (const { label, forge } of this.#hosts) {
      const addresses = forge.requests.map(({ path }) => path);
      scan.lookAt('messages', writtenAt(`address of a request to ${label}`, addresses));
    }
    scan.lookAt('processes', started);
    return scan;
  }

  async #show(folder: string | undefined): Promise<Workbench> {
    const page = await this.#parts.context.newPage();
    const { server, extension } = this.#parts;
    // What our own log says only when asked is written, too.
    const logLevel = 'api-source-control.api-source-control:trace';
    const url = workbenchUrl({ port: server.port, extension, logLevel, ...(folder === undefined ? {} : { folder }) });
    this.#last = await Workbench.open(page, url);
    return this.#last;
  }
}

/** Commits get a name, Git tells what it starts, and nothing of this machine's Git settings has a say. */
async function gitSettings(folder: string, processes: ProcessRecord): Promise<Record<string, string>> {
  const config = path.join(folder, 'gitconfig');
  const person = '[user]\n\tname = Katherine Johnson\n\temail = katherine@acme.example\n';
  await writeFile(config, `${person}${processes.gitConfig}`);
  return { GIT_CONFIG_GLOBAL: config, GIT_CONFIG_NOSYSTEM: '1' };
}
