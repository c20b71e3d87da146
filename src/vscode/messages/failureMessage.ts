import { l10n } from 'vscode';

/** What a person can do about a failure, with one click. */
export type FailureActionKind =
  | 'retry'
  | 'pull'
  | 'showLog'
  | 'saveAll'
  | 'openFile'
  | 'openMergeEditor'
  | 'switchBranch'
  | 'settlePush'
  | 'approve'
  | 'manageTrust'
  | 'openApisFile'
  | 'openGitPathSetting'
  | 'openLink'
  | 'signIn'
  | 'signInAgain'
  | 'useAccount'
  | 'pushToNewBranch';

export interface FailureAction {
  readonly kind: FailureActionKind;
  readonly title: string;
}

export interface FailureMessage {
  /** Whole sentences: what happened, to what, and what to do next. */
  readonly message: string;
  /** The best first; those that make sense where it happened are shown, at most two (`offeredActions`). */
  readonly actions: readonly FailureAction[];
  /** `information`: nothing is wrong, there was only nothing to do. */
  readonly severity: 'information' | 'warning' | 'error';
}

/** More buttons than this make a message a menu. */
const mostOffered = 2;

/** The actions that are shown: the first of those that make sense. */
export function offeredActions(
  { actions }: FailureMessage,
  makesSense: (kind: FailureActionKind) => boolean,
): readonly FailureAction[] {
  return actions.filter(({ kind }) => makesSense(kind)).slice(0, mostOffered);
}

export function failureMessage(message: string, ...kinds: readonly FailureActionKind[]): FailureMessage {
  return { message, actions: kinds.map((kind) => ({ kind, title: titleOf(kind) })), severity: 'error' };
}

export function warningMessage(message: string, ...kinds: readonly FailureActionKind[]): FailureMessage {
  return { ...failureMessage(message, ...kinds), severity: 'warning' };
}

export function informationMessage(message: string): FailureMessage {
  return { message, actions: [], severity: 'information' };
}

function titleOf(kind: FailureActionKind): string {
  switch (kind) {
    case 'retry':
      return l10n.t('Retry');
    case 'pull':
      return l10n.t('Pull');
    case 'showLog':
      return l10n.t('Show Log');
    case 'saveAll':
      return l10n.t('Save All');
    case 'openFile':
      return l10n.t('Open File');
    case 'openMergeEditor':
      return l10n.t('Open Merge Editor');
    case 'switchBranch':
      return l10n.t('Switch Branch');
    case 'settlePush':
      return l10n.t('Check Again');
    case 'approve':
      return l10n.t('Review Connection');
    case 'manageTrust':
      return l10n.t('Manage Workspace Trust');
    case 'openApisFile':
      return l10n.t('Open apis.json');
    case 'openGitPathSetting':
      return l10n.t('Open Setting');
    case 'openLink':
      return l10n.t('Open Page');
    case 'signIn':
      return l10n.t('Sign In…');
    case 'signInAgain':
      return l10n.t('Sign In Again…');
    case 'useAccount':
      return l10n.t('Use Another Account…');
    case 'pushToNewBranch':
      return l10n.t('Push to New Branch…');
  }
}
