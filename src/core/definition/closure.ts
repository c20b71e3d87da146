import { throwIfCancelled } from '../cancellation.ts';
import { Failure } from '../errors.ts';
import { limits } from '../limits.ts';
import type { RepoPath } from '../model/repoPath.ts';
import type { Closure, DefinitionSource, DocumentProblem, Reference, ReferenceProblem } from './definition.ts';
import { documentKind } from './documentKind.ts';
import { NearMisses } from './nearMisses.ts';
import type { ReferenceScan } from './referenceScan.ts';
import { resolve, type Resolution } from './resolve.ts';
import type { ScanCache } from './scanCache.ts';
import { scanFile } from './scanFile.ts';

/** Bytes scanned between two pauses: some milliseconds of work. */
const bytesPerTurn = 256 * 1024;

/**
 * The root file and everything that it references, transitively, inside the repository. Breadth first: one
 * `source.read` a level, for the files whose scan `scans` does not hold. A root that does not exist gives no files
 * and one `unresolved` problem, from the root to itself.
 *
 * @param pause lets others work; called every few hundred kilobytes where given.
 * @throws Failure `cancelled`; `tooLarge` past `limits.apiFiles` or `limits.referenceDepth`; what `source.read` throws.
 */
export async function closure(
  root: RepoPath,
  source: DefinitionSource,
  scans: ScanCache,
  signal: AbortSignal,
  pause?: () => Promise<void>,
): Promise<Closure> {
  return new Crawl(source, scans, signal, pause).from(root);
}

class Crawl {
  private readonly files = new Set<RepoPath>();
  private readonly references = new Map<RepoPath, readonly RepoPath[]>();
  private readonly problems: ReferenceProblem[] = [];
  private readonly documents: DocumentProblem[] = [];
  private readonly nearMisses: NearMisses;
  private bytesSincePause = 0;

  constructor(
    private readonly source: DefinitionSource,
    private readonly scans: ScanCache,
    private readonly signal: AbortSignal,
    private readonly pause: (() => Promise<void>) | undefined,
  ) {
    this.nearMisses = new NearMisses(source);
  }

  async from(root: RepoPath): Promise<Closure> {
    if (this.source.has(root)) this.files.add(root);
    else this.problems.push(missingRoot(root, this.nearMisses));
    let level: readonly RepoPath[] = [...this.files];
    for (let depth = 0; level.length > 0; depth += 1) {
      if (depth > limits.referenceDepth) throw new Failure('tooLarge', { paths: [root], detail: 'referenceDepth' });
      level = await this.follow(level);
    }
    const { references, problems, documents } = this;
    return { files: [...this.files], references, problems, documents };
  }

  /** Scans a level and answers with the files that it adds. */
  private async follow(level: readonly RepoPath[]): Promise<readonly RepoPath[]> {
    throwIfCancelled(this.signal);
    const documents = level.filter((path) => documentKind(path) !== 'leaf');
    const known = new Map(documents.map((path) => [path, this.remembered(path)]));
    const unread = documents.filter((path) => known.get(path) === undefined);
    const contents = unread.length === 0 ? undefined : await this.source.read(unread);
    const added: RepoPath[] = [];
    for (const path of documents) {
      throwIfCancelled(this.signal);
      const scan = known.get(path) ?? this.scan(path, contents?.get(path));
      if (scan !== undefined) added.push(...this.join(path, scan));
      await this.breathe();
    }
    return added;
  }

  private remembered(path: RepoPath): ReferenceScan | undefined {
    const id = this.source.idOf(path);
    return id === undefined ? undefined : this.scans.get(id, documentKind(path));
  }

  /** A file may go away after the tree was read: it stays in the list, and the next look tells of it. */
  private scan(path: RepoPath, bytes: Uint8Array | undefined): ReferenceScan | undefined {
    if (bytes === undefined) return undefined;
    const kind = documentKind(path);
    const scan = scanFile(bytes, kind);
    this.bytesSincePause += bytes.length;
    const id = this.source.idOf(path);
    if (id !== undefined) this.scans.set(id, kind, scan);
    return scan;
  }

  /** Answers with the files that were not known before. */
  private join(path: RepoPath, scan: ReferenceScan): readonly RepoPath[] {
    for (const problem of scan.problems) this.documents.push({ path, ...problem });
    const targets = new Map<string, Resolution>();
    const referenced = new Set<RepoPath>();
    for (const reference of scan.references) {
      let resolution = targets.get(reference.target);
      if (resolution === undefined) {
        resolution = resolve(reference.target, path, this.source, this.nearMisses);
        targets.set(reference.target, resolution);
      }
      if (resolution.kind === 'file') referenced.add(resolution.path);
      else this.report(path, reference, resolution);
    }
    if (referenced.size > 0) this.references.set(path, [...referenced]);
    const added = [...referenced].filter((file) => !this.files.has(file));
    for (const file of added) this.files.add(file);
    if (this.files.size > limits.apiFiles) throw new Failure('tooLarge', { paths: [path], detail: 'apiFiles' });
    return added;
  }

  private report(from: RepoPath, { target, range, alarm }: Reference, resolution: Resolution): void {
    if (!alarm || resolution.kind === 'file' || resolution.kind === 'itself') return;
    this.problems.push({ from, target, range, ...resolution });
  }

  private async breathe(): Promise<void> {
    if (this.pause === undefined || this.bytesSincePause < bytesPerTurn) return;
    this.bytesSincePause = 0;
    await this.pause();
  }
}

function missingRoot(root: RepoPath, nearMisses: NearMisses): ReferenceProblem {
  const suggestion = nearMisses.of([root]);
  const range = { line: 0, character: 0, endLine: 0, endCharacter: 0 };
  const problem = { kind: 'unresolved', from: root, target: root, range } as const;
  return suggestion === undefined ? problem : { ...problem, suggestion };
}
