import { DiskStorages } from '../../adapters/disk/diskStorages.ts';
import { SilentLog } from '../../adapters/memory/silentLog.ts';
import { apiKey } from '../../app/apiKeys.ts';
import type { ApiNode } from '../../app/apiNode.ts';
import { ApiStore } from '../../app/apiStore.ts';
import { LookAtFolder } from '../../app/look/lookAtFolder.ts';
import { quietContext } from '../../app/quietContext.ts';
import { Failure } from '../../core/errors.ts';
import type { Api } from '../../core/model/api.ts';
import { apisFilePath } from '../../core/model/apisFile.ts';
import { createHasher, pathPlatform } from '#platform';
import type { OpenFolder } from '../openFolder.ts';
import { failureText } from '../texts/failureText.ts';
import { apisFileFindings, namedAt } from './apisFileFindings.ts';
import { collectionFindings } from './collectionFindings.ts';
import { definitionFindings, filesHere, type Looked } from './definitionFindings.ts';
import { driftFindings, operationsOf, type Answering } from './driftFindings.ts';
import { FilePlaces } from './filePlaces.ts';
import type { ApiReport, Finding, FindingKind, Report } from './finding.ts';

export interface CheckOptions {
  readonly cwd: string;
  readonly strict: boolean;
  readonly signal: AbortSignal;
}

/** Looks at every API of a folder as it is on the disk: no host is asked, nothing is written. */
export async function checkFolder(folder: OpenFolder, options: CheckOptions): Promise<Report> {
  return new FolderCheck(folder, options).run();
}

/** An API, what was found of it so far, and what it answers; without a look at it where there was none. */
interface Checked {
  readonly api: Api;
  readonly findings: readonly Finding[];
  readonly answering: Answering | undefined;
}

class FolderCheck {
  private readonly places: FilePlaces;
  private readonly storages: DiskStorages;
  private readonly look: LookAtFolder;

  constructor(
    private readonly folder: OpenFolder,
    private readonly options: CheckOptions,
  ) {
    this.places = new FilePlaces(options.cwd, folder.path);
    const platform = pathPlatform();
    const clock = { now: () => Date.now() };
    this.storages = new DiskStorages({ hasher: createHasher(), clock, log: new SilentLog(), platform });
    this.look = new LookAtFolder(this.storages, new ApiStore(), platform);
  }

  async run(): Promise<Report> {
    const checked: Checked[] = [];
    for (const api of this.folder.file.apis) checked.push(await this.check(api));
    const all = checked.flatMap(({ answering }) => answering ?? []);
    const told = new Set<string>();
    const apis: ApiReport[] = [];
    for (const { api, findings, answering } of checked) {
      if (!this.folder.isWanted(api)) continue;
      const drift = answering && (await driftFindings(answering, all, this.places, this.options.strict));
      const { id, name } = api;
      const files = answering === undefined ? 0 : countFiles(answering);
      const own = [...findings, ...(drift?.findings ?? [])].filter((finding) => isNews(finding, told));
      apis.push({ id, name, findings: own, files, requests: drift?.requests ?? 0 });
    }
    return { apisFile: apisFileFindings(this.folder, this.places), apis };
  }

  private async check(api: Api): Promise<Checked> {
    const { signal } = this.options;
    try {
      const looked = await this.lookAt(api);
      const definition = await definitionFindings(looked, this.folder.text, this.places, signal);
      const collections = await collectionFindings(looked, this.places, signal);
      const root = this.places.nameOf(api.folder, api.rootFile ?? '');
      const isBroken = definition.some(({ file, kind }) => file === root && unreadable.has(kind));
      const operations = isBroken ? undefined : await operationsOf(looked);
      return { api, findings: [...definition, ...collections], answering: { looked, operations } };
    } catch (error) {
      if (!Failure.is(error) || error.reason === 'cancelled') throw error;
      const range = namedAt(this.folder.text, api, api.rootFile ?? '');
      const finding = this.places.finding('unreadable', ['', apisFilePath, range], failureText(error));
      return { api, findings: [finding], answering: undefined };
    }
  }

  /** Connected or not: the folder is what is checked. */
  private async lookAt(api: Api): Promise<Looked> {
    const { uri } = this.folder;
    const node: ApiNode = { key: apiKey(uri, api.id), workspaceFolder: uri, api, state: 'local' };
    const survey = await this.look.run(node, quietContext(this.options.signal));
    const { files } = await this.storages.open(uri, api.folder);
    return { api, survey, files };
  }
}

/** What leaves so little of a root file that comparing with it would only repeat that. */
const unreadable: ReadonlySet<FindingKind> = new Set([
  'doesNotParse',
  'conflictMarkers',
  'binary',
  'tooLarge',
  'tooDeep',
]);

/** Two APIs that share a file have its findings once. */
function isNews(finding: Finding, told: Set<string>): boolean {
  const { file, line, column, message } = finding;
  const key = JSON.stringify([file, line, column, message]);
  if (told.has(key)) return false;
  told.add(key);
  return true;
}

function countFiles({ looked: { survey } }: Answering): number {
  return new Set([...filesHere(survey), ...survey.collections.map(({ path }) => path)]).size;
}
