import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  l10n,
  languages,
  Location,
  Range,
  Uri,
} from 'vscode';
import type { ApiKey, ApiNode } from '../../app/apiNode.ts';
import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import { DisposableStore, type Disposable } from '../../core/events.ts';
import type { DocumentProblem, ReferenceProblem } from '../../core/definition/definition.ts';
import { fileUri } from '../apiFiles.ts';
import { asRange } from '../commands/openFile.ts';
import { documentProblemText, referenceProblemText } from '../problemTexts.ts';

const source = 'API Source Control';
const topOfFile = new Range(0, 0, 0, 0);

type ByFile = ReadonlyMap<string, readonly Diagnostic[]>;

/** References that join nothing and documents that cannot be read, at their line in the Problems panel. */
export class DefinitionDiagnostics implements Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly shown = this.subscriptions.add(languages.createDiagnosticCollection('apiSourceControl.definitions'));
  private readonly byApi = new Map<ApiKey, ByFile>();

  constructor(private readonly store: ReadonlyApiStore) {
    this.subscriptions.add(store.onDidChange((keys) => this.update(keys)));
    this.update(store.apis.map(({ key }) => key));
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private update(keys: Iterable<ApiKey>): void {
    const touched = new Set<string>();
    for (const key of keys) {
      for (const file of this.byApi.get(key)?.keys() ?? []) touched.add(file);
      const node = this.store.get(key);
      if (node === undefined) {
        this.byApi.delete(key);
        continue;
      }
      const files = diagnosticsOf(node);
      this.byApi.set(key, files);
      for (const file of files.keys()) touched.add(file);
    }
    for (const file of touched) this.shown.set(Uri.parse(file, true), this.allOf(file));
  }

  /** A file of two APIs has the same problem only once. */
  private allOf(file: string): Diagnostic[] {
    const unique = new Map<string, Diagnostic>();
    for (const files of this.byApi.values()) {
      for (const diagnostic of files.get(file) ?? []) {
        const { start } = diagnostic.range;
        unique.set(`${start.line}:${start.character} ${diagnostic.message}`, diagnostic);
      }
    }
    return [...unique.values()];
  }
}

function diagnosticsOf(node: ApiNode): ByFile {
  const files = new Map<string, Diagnostic[]>();
  const add = (uri: Uri, diagnostic: Diagnostic): void => {
    diagnostic.source = source;
    const key = uri.toString();
    const known = files.get(key);
    if (known === undefined) files.set(key, [diagnostic]);
    else known.push(diagnostic);
  };
  for (const problem of node.definition?.references ?? [])
    add(fileUri(node, problem.from), referenceDiagnostic(node, problem));
  for (const problem of node.definition?.documents ?? []) add(fileUri(node, problem.path), documentDiagnostic(problem));
  return files;
}

function referenceDiagnostic(node: ApiNode, problem: ReferenceProblem): Diagnostic {
  const severity = problem.kind === 'unresolved' ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information;
  const diagnostic = new Diagnostic(asRange(problem.range), referenceProblemText(problem), severity);
  diagnostic.code = problem.kind === 'unresolved' ? 'unresolved-reference' : 'outside-reference';
  if (problem.suggestion !== undefined) {
    const location = new Location(fileUri(node, problem.suggestion), topOfFile);
    diagnostic.relatedInformation = [
      new DiagnosticRelatedInformation(location, l10n.t('The file with a similar name')),
    ];
  }
  return diagnostic;
}

function documentDiagnostic(problem: DocumentProblem): Diagnostic {
  const isWrong = problem.message === 'doesNotParse' || problem.message === 'duplicateKey';
  const severity = isWrong ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information;
  const range = problem.range === undefined ? topOfFile : asRange(problem.range);
  const diagnostic = new Diagnostic(range, documentProblemText(problem), severity);
  diagnostic.code = problem.message;
  return diagnostic;
}
