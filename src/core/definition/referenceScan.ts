import type { DocumentProblem, Reference, TextRange } from './definition.ts';
import { isMeaningful, looksLikeFile, referenceKind, roleOfItem, roleOfValue, type Role } from './role.ts';
import { TextPositions } from './textPositions.ts';
import { readYaml } from './yaml/readYaml.ts';
import { isString, scalarValue } from './yaml/scalar.ts';
import type { Scalar, YamlDefect, YamlSink } from './yaml/sink.ts';

/** What a document told, whatever its path is. */
export interface ReferenceScan {
  /** In the order of the text. `#…` alone names no file and is left out. */
  readonly references: readonly Reference[];
  /** At most one of a kind. */
  readonly problems: readonly Omit<DocumentProblem, 'path'>[];
}

/** Finds every reference of an OpenAPI, AsyncAPI or JSON Schema document, YAML or JSON, whether it parses or not. */
export function scanReferences(text: string): ReferenceScan {
  const collector = new ReferenceCollector(text);
  readYaml(text, collector);
  return collector.result();
}

interface Level {
  readonly kind: 'map' | 'seq';
  readonly role: Role;
  key: string | undefined;
  /** Keys seen so far; made with the second key. */
  keys: Set<string> | undefined;
  firstKey: string | undefined;
}

interface Found {
  readonly target: string;
  readonly start: number;
  readonly end: number;
  readonly alarm: boolean;
  /** A discriminator's value, which may turn out to be the name of a schema. */
  readonly mayBeName: boolean;
}

class ReferenceCollector implements YamlSink {
  private readonly levels: Level[] = [];
  private readonly found: Found[] = [];
  private readonly schemaNames = new Set<string>();
  private readonly anchors = new Map<string, Scalar>();
  private readonly problems = new Map<DocumentProblem['message'], Scalar | undefined>();
  private pendingAnchor: string | undefined;

  constructor(private readonly text: string) {}

  open(kind: 'map' | 'seq'): void {
    if (this.pendingAnchor !== undefined) this.anchors.delete(this.pendingAnchor);
    this.pendingAnchor = undefined;
    const parent = this.levels.at(-1);
    const role = parent === undefined ? 'document' : this.roleBelow(parent);
    this.levels.push({ kind, role, key: undefined, keys: undefined, firstKey: undefined });
  }

  private roleBelow(parent: Level): Role {
    if (parent.key === undefined) return parent.kind === 'seq' ? roleOfItem(parent.role) : 'object';
    return roleOfValue(this.mappingRole(parent), parent.key);
  }

  /** `[$ref: a.yaml]` is a mapping of one key inside a sequence. */
  private mappingRole(level: Level): Role {
    return level.kind === 'seq' ? roleOfItem(level.role) : level.role;
  }

  close(): void {
    this.levels.pop();
  }

  document(): void {
    this.levels.length = 0;
    this.anchors.clear();
  }

  anchor(name: string): void {
    this.pendingAnchor = name;
  }

  key(scalar: Scalar | undefined): void {
    const level = this.levels.at(-1);
    if (level === undefined) return;
    if (scalar === undefined) {
      level.key = undefined;
      return;
    }
    const target = this.named(scalar);
    level.key = target === undefined ? undefined : scalarValue(this.text, target);
    if (level.key === undefined || level.kind === 'seq') return;
    if (level.role === 'schemas') this.schemaNames.add(level.key);
    this.noteDuplicate(level, level.key, scalar);
  }

  private noteDuplicate(level: Level, key: string, scalar: Scalar): void {
    if (level.firstKey === undefined) level.firstKey = key;
    else if (key === '<<' || this.problems.has('duplicateKey')) return;
    else {
      level.keys ??= new Set([level.firstKey]);
      if (level.keys.has(key)) this.problems.set('duplicateKey', scalar);
      level.keys.add(key);
    }
  }

  scalar(scalar: Scalar): void {
    const target = this.named(scalar);
    const level = this.levels.at(-1);
    if (level?.key === undefined || target === undefined) return;
    const role = this.mappingRole(level);
    const kind = referenceKind(role, level.key);
    if (kind === undefined) return;
    const value = scalarValue(this.text, target);
    if (!isString(target, value) || value === '' || value.startsWith('#')) return;
    if (kind === 'mapping' && !looksLikeFile(value)) return;
    const { start, end } = scalar;
    this.found.push({ target: value, start, end, alarm: isMeaningful(role), mayBeName: kind === 'mapping' });
  }

  /** Remembers what an anchor names, and answers with what an alias stands for: `undefined` where that is no scalar. */
  private named(scalar: Scalar): Scalar | undefined {
    const target = scalar.style === 'alias' ? this.anchors.get(scalarValue(this.text, scalar)) : scalar;
    if (this.pendingAnchor !== undefined && target !== undefined) this.anchors.set(this.pendingAnchor, target);
    this.pendingAnchor = undefined;
    return target;
  }

  defect(defect: YamlDefect, offset: number): void {
    if (!this.problems.has(defect)) this.problems.set(defect, { style: 'plain', start: offset, end: offset });
  }

  result(): ReferenceScan {
    const positions = new TextPositions(this.text);
    const references = this.found
      .filter(({ target, mayBeName }) => !mayBeName || !this.schemaNames.has(target))
      .map(({ target, start, end, alarm }) => ({ target, range: positions.range(start, end), alarm }));
    return { references, problems: this.problemsIn() };
  }

  private problemsIn(): Omit<DocumentProblem, 'path'>[] {
    if (this.text.includes('\0')) this.problems.set('binary', undefined);
    return [...this.problems].map(([message, at]) => {
      if (at === undefined) return { message };
      const range: TextRange = new TextPositions(this.text).range(at.start, at.end);
      return { message, range };
    });
  }
}
