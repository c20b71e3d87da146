import { l10n, ThemeIcon } from 'vscode';
import type { Owner } from '../../ports/repositoryHost.ts';
import type { ConnectServices } from './connectServices.ts';
import { formPlace } from './formPlace.ts';
import { hostId } from './hostId.ts';
import { inPlaceContext } from './inPlaceContext.ts';
import { formAccounts } from './listHandlers.ts';
import { lockedText } from './listTexts.ts';
import { ownerNoun } from './ownerNoun.ts';
import { pickStep, type Choice } from './pickStep.ts';
import { quickManners } from './quickManners.ts';
import { withInput, type QuickState } from './quickState.ts';
import type { Step, StepEnd, StepFrame } from './steps.ts';
import type { Troubles } from './troubles.ts';

/** Who asks, where somebody is to be named; `token`: somebody new. */
type AccountChoice = { readonly account: string } | 'token';

/** What leads to a repository on hosts with lists: account and owner. */
export function listSteps(services: ConnectServices, troubles: Troubles): readonly Step<QuickState>[] {
  const steps = new ListSteps(services, troubles);
  const isListed = ({ input }: QuickState): boolean =>
    services.hosts.descriptions.find(({ id }) => id === input.host)?.addressing === 'list';
  return [
    { name: 'account', applies: isListed, run: (state, frame) => steps.account(state, frame) },
    { name: 'signIn', applies: ({ signingIn }) => signingIn === true, run: (state) => steps.signIn(state) },
    {
      name: 'owner',
      applies: (state) => isListed(state) && state.input.account !== '',
      run: (state, frame) => steps.owner(state, frame),
    },
  ];
}

class ListSteps {
  constructor(
    private readonly services: ConnectServices,
    private readonly troubles: Troubles,
  ) {}

  account(state: QuickState, frame: StepFrame): Promise<StepEnd<QuickState>> {
    return pickStep<AccountChoice, QuickState>(frame, {
      ...quickManners(this.services, this.troubles, state),
      placeholder: l10n.t('Account that the server is asked as'),
      load: (tell) => Promise.resolve(tell(this.accountChoices(state))),
      accept: (choice) =>
        Promise.resolve({
          kind: 'next',
          state: choice === 'token' ? { ...state, signingIn: true } : withAccount(state, choice.account),
        }),
    });
  }

  /** Not shown itself: the sign-in has inputs of its own. */
  async signIn(state: QuickState): Promise<StepEnd<QuickState>> {
    const { signingIn: _, ...rest } = state;
    const account = await this.services.signIn({ host: hostId(this.services.hosts, state.input.host) });
    if (account === undefined) return { kind: 'to', step: 'account', state: rest };
    return { kind: 'next', state: withAccount(rest, account.id) };
  }

  owner(state: QuickState, frame: StepFrame): Promise<StepEnd<QuickState>> {
    const { owner: _, ...none } = state;
    const without: Choice<Owner | undefined> = {
      label: l10n.t('Type a repository’s name or address instead'),
      iconPath: new ThemeIcon('edit'),
      alwaysShow: true,
      value: undefined,
    };
    return pickStep<{ readonly owner: Owner | undefined }, QuickState>(frame, {
      ...quickManners(this.services, this.troubles, state),
      placeholder: ownerNoun(hostId(this.services.hosts, state.input.host)),
      active: state.owner?.name ?? '',
      load: async (tell, signal) => {
        tell([inOwnRow(without)]);
        await this.loadOwners(state, (owners) => tell([...owners.map(inOwnRow), inOwnRow(without)]), signal);
      },
      typed: (text) => inOwnRow({ label: text, description: l10n.t('use this name'), value: { id: text, name: text } }),
      // Of one that is locked the next step says why.
      accept: ({ owner }) => Promise.resolve({ kind: 'next', state: owner === undefined ? none : { ...state, owner } }),
    });
  }

  private accountChoices({ input }: QuickState): readonly Choice<AccountChoice>[] {
    const accounts = formAccounts(this.services).filter(({ host }) => host === input.host);
    const nobody: Choice<AccountChoice> = {
      label: l10n.t('Not signed in: public repositories only'),
      iconPath: new ThemeIcon('circle-slash'),
      value: { account: '' },
    };
    return [
      ...accounts.map(({ id, label, note }) => ({
        label,
        description: note,
        iconPath: new ThemeIcon('account'),
        value: { account: id },
      })),
      { label: l10n.t('Add Account…'), iconPath: new ThemeIcon('sign-in'), value: 'token' },
      ...(accounts.some(({ onDefaultServer }) => onDefaultServer) ? [] : [nobody]),
    ];
  }

  private async loadOwners(
    state: QuickState,
    tell: (choices: readonly Choice<Owner>[]) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { origin, ...place } = formPlace(this.services, state.input.host, state.input.account);
    if (origin === undefined) return;
    const choices: Choice<Owner>[] = [];
    for await (const page of this.services.useCases.listOwners({ ...place, origin }, inPlaceContext(signal, true))) {
      choices.push(...page.map(ownerChoice));
      tell([...choices]);
    }
  }
}

/** Another account sees other owners. */
function withAccount(state: QuickState, account: string): QuickState {
  if (state.input.account === account) return state;
  const { owner: _, ...rest } = state;
  return withInput(rest, { account, owner: '' });
}

function ownerChoice(owner: Owner): Choice<Owner> {
  const icon = owner.locked === undefined ? 'organization' : 'lock';
  return { label: owner.name, description: lockedText(owner), iconPath: new ThemeIcon(icon), value: owner };
}

/** A row must have a value; "none of them" is one too. */
function inOwnRow<O extends Owner | undefined>({ value, ...row }: Choice<O>): Choice<{ readonly owner: O }> {
  return { ...row, value: { owner: value } };
}
