import { Emitter, type Disposable, type Event } from '../core/events.ts';
import type { ApisProblem } from '../core/model/apisProblem.ts';
import type { ApiKey, ApiNode } from './apiNode.ts';

/** A part of `.vscode/apis.json` that could not be used. */
export interface ApisFileProblem {
  readonly workspaceFolder: string;
  /** What surfaces make their own words of; `unreadable`: the file itself could not be read. */
  readonly code: ApisProblem['code'] | 'unreadable';
  readonly property?: string;
  readonly rule?: ApisProblem['rule'];
  /** In English, for logs and for surfaces without words of their own. */
  readonly message: string;
  /** In characters of the file. */
  readonly offset: number;
  readonly length: number;
}

/** What the surfaces may see: they project it and never change it. */
export interface ReadonlyApiStore {
  /** In the order of folders and, in each, of its `apis.json`. */
  readonly apis: readonly ApiNode[];
  readonly problems: readonly ApisFileProblem[];
  /** `false` until every folder's `apis.json` was read once: an empty list is then no news. */
  readonly loaded: boolean;
  /** The keys whose nodes changed, came or went; empty when only problems changed. */
  readonly onDidChange: Event<ReadonlySet<ApiKey>>;
  get(key: ApiKey): ApiNode | undefined;
}

/** The only mutable state in memory. */
export class ApiStore implements ReadonlyApiStore, Disposable {
  private nodes: ReadonlyMap<ApiKey, ApiNode> = new Map();
  private readonly changes = new Emitter<ReadonlySet<ApiKey>>();
  private list: readonly ApiNode[] = [];
  private isLoaded = false;
  private currentProblems: readonly ApisFileProblem[] = [];

  readonly onDidChange = this.changes.event;

  get apis(): readonly ApiNode[] {
    return this.list;
  }

  get problems(): readonly ApisFileProblem[] {
    return this.currentProblems;
  }

  get loaded(): boolean {
    return this.isLoaded;
  }

  get(key: ApiKey): ApiNode | undefined {
    return this.nodes.get(key);
  }

  /** Replaces everything: the files were read. */
  reset(apis: readonly ApiNode[], problems: readonly ApisFileProblem[]): void {
    const before = this.nodes;
    const isNews = !this.isLoaded || problems.length > 0 || this.currentProblems.length > 0;
    this.isLoaded = true;
    this.currentProblems = problems;
    this.setNodes(new Map(apis.map((node) => [node.key, node])));
    const changed = new Set<ApiKey>();
    for (const [key, node] of this.nodes) if (before.get(key) !== node) changed.add(key);
    for (const key of before.keys()) if (!this.nodes.has(key)) changed.add(key);
    if (isNews || changed.size > 0) this.changes.fire(changed);
  }

  /** Changes nodes that exist; a key that is gone meanwhile is skipped. */
  update(keys: Iterable<ApiKey>, change: (node: ApiNode) => ApiNode): void {
    const next = new Map(this.nodes);
    const changed = new Set<ApiKey>();
    for (const key of keys) {
      const node = next.get(key);
      if (node === undefined) continue;
      const replaced = change(node);
      if (replaced === node) continue;
      next.set(key, replaced);
      changed.add(key);
    }
    if (changed.size === 0) return;
    this.setNodes(next);
    this.changes.fire(changed);
  }

  dispose(): void {
    this.changes.dispose();
  }

  private setNodes(nodes: ReadonlyMap<ApiKey, ApiNode>): void {
    this.nodes = nodes;
    this.list = [...nodes.values()];
  }
}
