import { Diagnostic, DiagnosticSeverity, languages, Range, Uri } from 'vscode';
import type { ApisFileProblem, ReadonlyApiStore } from '../../app/apiStore.ts';
import { DisposableStore, type Disposable } from '../../core/events.ts';
import type { Log } from '../../ports/log.ts';
import type { Workspace } from '../../ports/workspace.ts';
import { apisFileUri } from '../commands/windowCommands.ts';
import { apisProblemText } from '../problemTexts.ts';
import { textPosition } from './textPosition.ts';

/** What in `.vscode/apis.json` could not be used, where it stands. */
export class ApisFileDiagnostics implements Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly shown = this.subscriptions.add(languages.createDiagnosticCollection('apiSourceControl.apisFile'));
  private current: readonly ApisFileProblem[] = [];

  constructor(
    private readonly store: ReadonlyApiStore,
    private readonly workspace: Pick<Workspace, 'readApisFile'>,
    private readonly log: Log,
  ) {
    this.subscriptions.add(store.onDidChange(() => this.update()));
    this.update();
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private update(): void {
    const { problems } = this.store;
    if (problems === this.current) return;
    this.current = problems;
    this.show(problems).catch((error: unknown) => this.log.error(`apis.json problems: ${String(error)}`));
  }

  private async show(problems: readonly ApisFileProblem[]): Promise<void> {
    const folders = [...new Set(problems.map(({ workspaceFolder }) => workspaceFolder))];
    const texts = new Map<string, string>();
    for (const folder of folders) texts.set(folder, await this.text(folder));
    // Meanwhile there may be newer ones, which are on their way.
    if (problems !== this.current) return;
    this.shown.clear();
    for (const folder of folders) {
      const own = problems.filter(({ workspaceFolder }) => workspaceFolder === folder);
      const diagnostics = own.map((problem) => diagnosticOf(problem, texts.get(folder) ?? ''));
      this.shown.set(apisFileUri(Uri.parse(folder, true)), diagnostics);
    }
  }

  /** A file that cannot be read has its problems at its top. */
  private async text(folder: string): Promise<string> {
    try {
      return (await this.workspace.readApisFile(folder)) ?? '';
    } catch (error) {
      this.log.warn(`apis.json of ${folder}: ${String(error)}`);
      return '';
    }
  }
}

function diagnosticOf(problem: ApisFileProblem, text: string): Diagnostic {
  const { offset, length } = problem;
  const start = textPosition(text, offset);
  const end = textPosition(text, offset + length);
  const range = new Range(start.line, start.character, end.line, end.character);
  const diagnostic = new Diagnostic(range, apisProblemText(problem), DiagnosticSeverity.Error);
  diagnostic.source = 'API Source Control';
  return diagnostic;
}
