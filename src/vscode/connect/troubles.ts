import { l10n } from 'vscode';
import type { ApiKey } from '../../app/apiNode.ts';
import { Failure } from '../../core/errors.ts';
import type { HostId } from '../../core/model/repository.ts';
import type { Log } from '../../ports/log.ts';
import type { Trouble } from '../../protocol/call.ts';
import { describeFailure } from '../messages.ts';
import { offeredActions, type FailureActionKind, type FailureMessage } from '../messages/failureMessage.ts';
import type { FailureActionRunner, FailurePlace } from '../runOperation.ts';
import { addressRefused } from './fieldNotes.ts';

/** What makes sense for an API that is not connected yet. */
const sensible: ReadonlySet<FailureActionKind> = new Set([
  'retry',
  'showLog',
  'saveAll',
  'manageTrust',
  'openApisFile',
  'openGitPathSetting',
  'openLink',
  'signIn',
]);

/** Words for what went wrong while connecting, and what the person can do about it in place. */
export class Troubles {
  /** The host that is being asked. */
  host: HostId | undefined;
  private last: { readonly failure: Failure | undefined; readonly kinds: readonly FailureActionKind[] } | undefined;

  constructor(
    private readonly log: Log,
    private readonly actions: FailureActionRunner,
    private readonly api: ApiKey | undefined,
  ) {}

  describe(error: unknown): Trouble {
    if (!(error instanceof Failure)) return this.unexpected(error);
    this.log.warn(`connect: ${error.message}`);
    const described = messageOf(error);
    const { message } = described;
    const actions = offeredActions(
      described,
      (kind) => sensible.has(kind) && this.actions.offers(kind, error, this.place),
    );
    this.last = { failure: error, kinds: actions.map(({ kind }) => kind) };
    return { message, actions: actions.map(({ kind, title }) => ({ id: kind, label: title })) };
  }

  /** Only what was offered is performed; the form tries again by itself. */
  async act(action: string): Promise<void> {
    const kind = this.last?.kinds.find((offered) => offered === action);
    if (kind !== undefined && kind !== 'retry') await this.actions.perform(kind, this.last?.failure, this.place);
  }

  private get place(): FailurePlace {
    return { api: this.api, host: this.host };
  }

  private unexpected(error: unknown): Trouble {
    this.log.error(`connect: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    this.last = { failure: undefined, kinds: ['showLog'] };
    return {
      message: l10n.t('Something unexpected went wrong. The log has the details.'),
      actions: [{ id: 'showLog', label: l10n.t('Show Log') }],
    };
  }
}

function messageOf(failure: Failure): FailureMessage {
  // The address stands right above these words.
  if (failure.reason !== 'unsafeUrl') return describeFailure(failure);
  return { message: addressRefused(failure.facts.detail), actions: [], severity: 'error' };
}
