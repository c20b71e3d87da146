import { l10n, ThemeIcon, window } from 'vscode';
import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import type { UseCases } from '../../app/useCases.ts';
import { Failure } from '../../core/errors.ts';
import type { HostId } from '../../core/model/repository.ts';
import type { Account } from '../../ports/accounts.ts';
import type { HostDescription, Hosts } from '../../ports/hosts.ts';
import type { Log } from '../../ports/log.ts';
import type { SignInFlow, SignInFlowId, SignIns } from '../../ports/signIn.ts';
import { hostName } from '../connect/hostName.ts';
import { inPlaceContext } from '../connect/inPlaceContext.ts';
import { inputStep } from '../connect/inputStep.ts';
import { pickStep, type Choice } from '../connect/pickStep.ts';
import { runSteps, type Step, type StepEnd, type StepFrame } from '../connect/steps.ts';
import { describeFailure } from '../messages.ts';
import { serverWordsToSignIn } from '../messages/approvalWords.ts';
import { serverName } from './accountNames.ts';
import { flowFailureText } from './flows/flowFailureText.ts';
import { needWords } from './flows/flowWords.ts';
import { runFlow } from './flows/runFlow.ts';
import { wayStep } from './flows/wayStep.ts';
import { knownServers } from './knownServers.ts';

/** What is known already of where to sign in. */
export interface SignInPlace {
  readonly host?: HostId | undefined;
  readonly origin?: string | undefined;
  /** One way alone; absent: the person chooses, where there are several. */
  readonly flow?: SignInFlowId | undefined;
  /** Who is to sign in again. */
  readonly account?: Account | undefined;
}

/** Signs in, in whatever way the person chooses; `undefined` when the person gives up. */
export type SignIn = (place: SignInPlace) => Promise<Account | undefined>;

interface TokenState {
  readonly host?: HostId;
  readonly origin?: string;
  readonly flow?: SignInFlowId;
  readonly user?: string;
  readonly account?: Account;
}

type TokenHost = HostDescription & { readonly token: NonNullable<HostDescription['token']> };

/**
 * Host, server, the way in where there are several, e-mail where the host wants it, token: one quick input each. What
 * was given is checked before it is kept.
 */
export class TokenSignIn {
  constructor(
    private readonly useCases: Pick<UseCases, 'accounts' | 'addToken' | 'isApprovedServer' | 'approveServer'>,
    private readonly hosts: Pick<Hosts, 'descriptions' | 'parseOrigin'>,
    private readonly apis: Pick<ReadonlyApiStore, 'apis'>,
    private readonly log: Log,
    private readonly signIns: Pick<SignIns, 'flows' | 'run'>,
  ) {}

  readonly run: SignIn = async (place) => {
    if (place.origin !== undefined && !(await this.mayBeAsked(place.origin))) return undefined;
    const account = await this.signedIn(place, true);
    if (account !== undefined) await this.useCases.approveServer(account);
    return account;
  };

  /** A server that the person typed or chose is theirs; one that something else names, once they approved it by name. */
  private async mayBeAsked(origin: string): Promise<boolean> {
    if (this.useCases.isApprovedServer({ origin })) return true;
    const { message, detail } = serverWordsToSignIn(origin);
    const approve = l10n.t('Approve');
    if ((await window.showWarningMessage(message, { modal: true, detail }, approve)) !== approve) return false;
    await this.useCases.approveServer({ origin });
    return true;
  }

  /** @param offersOnCancel nobody is asked twice whether another way suits them better */
  private async signedIn(place: SignInPlace, offersOnCancel: boolean): Promise<Account | undefined> {
    const { host, origin, flow, account } = place;
    const start: TokenState = {
      ...(this.takingTokens.some(({ id }) => id === host) && host !== undefined ? { host } : {}),
      ...(origin === undefined ? {} : { origin }),
      ...(flow === undefined ? {} : { flow }),
    };
    const title = flow === 'token' ? l10n.t('Use Access Token') : l10n.t('Sign In');
    const end = await runSteps(title, this.steps(start), start);
    const server = end && this.originOf(end);
    if (end?.host === undefined || server === undefined || isToken(end)) return end?.account;
    const way = { flow: end.flow ?? 'token', host: end.host, origin: server };
    const run = { ...way, ...(account === undefined ? {} : { account }), offersOnCancel };
    const done = await runFlow(this.signIns, run, (error) => this.message(error, way));
    if (done.kind !== 'otherWay') return done.kind === 'signedIn' ? done.account : undefined;
    return this.signedIn({ ...place, ...way, flow: done.flow }, offersOnCancel && !done.afterCancel);
  }

  private originOf({ host, origin }: TokenState): string | undefined {
    return origin ?? this.description(host)?.defaultOrigin;
  }

  /** More than a token alone, and not chosen yet. */
  private ways(state: TokenState): readonly SignInFlow[] {
    const origin = this.originOf(state);
    if (state.host === undefined || origin === undefined) return [];
    const flows = this.signIns.flows(state.host, origin);
    return flows.some(({ id }) => id !== 'token') ? flows : [];
  }

  private get takingTokens(): readonly TokenHost[] {
    return this.hosts.descriptions.filter((host): host is TokenHost => host.token !== undefined);
  }

  private steps(start: TokenState): readonly Step<TokenState>[] {
    return [
      { name: 'host', applies: () => start.host === undefined, run: (state, frame) => this.host(state, frame) },
      {
        name: 'server',
        applies: ({ host }) => start.origin === undefined && this.hasServers(host),
        run: (state, frame) => this.server(state, frame),
      },
      {
        name: 'way',
        applies: (state) => start.flow === undefined && this.ways(state).length > 0,
        run: (state, frame) => wayStep(frame, this.ways(state), (flow) => ({ ...state, flow }), this.manners),
      },
      {
        name: 'user',
        applies: (state) => isToken(state) && this.description(state.host)?.token.user === 'email',
        run: (state, frame) => this.user(state, frame),
      },
      { name: 'token', applies: isToken, run: (state, frame) => this.token(state, frame) },
    ];
  }

  private description(host: HostId | undefined): TokenHost | undefined {
    return this.takingTokens.find(({ id }) => id === host);
  }

  private hasServers(host: HostId | undefined): boolean {
    const description = this.description(host);
    return description === undefined || description.selfManaged || description.defaultOrigin === undefined;
  }

  private host(state: TokenState, frame: StepFrame): Promise<StepEnd<TokenState>> {
    return pickStep<HostId, TokenState>(frame, {
      placeholder: l10n.t('Sign in to which host?'),
      load: (tell) =>
        Promise.resolve(
          tell(
            this.takingTokens.map(({ id, icon }) => ({
              label: hostName(id),
              iconPath: new ThemeIcon(icon),
              value: id,
            })),
          ),
        ),
      accept: (host) => Promise.resolve({ kind: 'next', state: { ...state, host } }),
      ...this.manners,
    });
  }

  private server(state: TokenState, frame: StepFrame): Promise<StepEnd<TokenState>> {
    const { host } = state;
    return pickStep<string, TokenState>(frame, {
      placeholder: l10n.t('Which server? Choose one, or type its address: https://…'),
      load: (tell) => Promise.resolve(tell(this.servers(host))),
      typed: (text) => ({ label: text, description: l10n.t('use this server'), value: text }),
      accept: (address) => {
        if (host === undefined) return Promise.resolve({ kind: 'back' });
        const origin = this.hosts.parseOrigin(host, address.trim());
        return Promise.resolve({ kind: 'next', state: { ...state, origin } });
      },
      ...this.manners,
    });
  }

  private servers(host: HostId | undefined): readonly Choice<string>[] {
    const description = this.description(host);
    if (description === undefined) return [];
    const origins = knownServers(description, this.useCases.accounts(), this.apis.apis);
    return origins.map((origin) => ({ label: serverName(origin), value: origin }));
  }

  private user(state: TokenState, frame: StepFrame): Promise<StepEnd<TokenState>> {
    return inputStep(frame, {
      prompt: l10n.t('E-mail address of your account. Blank for a token that belongs to a workspace or repository.'),
      value: state.user ?? '',
      wrong: (text) => (text === '' || /^\S+@\S+$/.test(text) ? undefined : l10n.t('Type an e-mail address.')),
      accept: (user) => ({ ...state, user }),
    });
  }

  private token(state: TokenState, frame: StepFrame): Promise<StepEnd<TokenState>> {
    const description = this.description(state.host);
    const origin = this.originOf(state);
    if (description === undefined || origin === undefined) return Promise.resolve({ kind: 'back' });
    const { token, id } = description;
    const server = serverName(origin);
    const needs = this.signIns.flows(id, origin).find((flow) => flow.id === 'token')?.needs ?? [];
    const prompt = l10n.t(
      'Access token for {0}, with the rights: {1}. It is kept in VS Code’s secret store and sent to that server only.',
      server,
      token.scopes.join(', '),
    );
    return inputStep(frame, {
      prompt: [prompt, ...needs.map(needWords)].join(' '),
      placeholder: l10n.t('Paste the token'),
      value: '',
      password: true,
      link: { title: l10n.t('Make a token at {0}', server), url: token.page(origin) },
      wrong: (text) => (/^[\x21-\x7e]+$/.test(text) ? undefined : l10n.t('This is no token. Paste it whole.')),
      accept: async (text, signal) => {
        const user = state.user === undefined || state.user === '' ? {} : { user: state.user };
        const context = inPlaceContext(signal, true);
        return { ...state, account: await this.useCases.addToken(id, origin, { ...user, token: text }, context) };
      },
      refused: (error) => this.refused(error, server),
    });
  }

  private refused(error: unknown, server: string): string {
    if (Failure.is(error, 'signInNeeded')) {
      return l10n.t('“{0}” does not accept this token. Was it copied whole, and is it still valid?', server);
    }
    return this.message(error);
  }

  private message(error: unknown, way?: Parameters<typeof flowFailureText>[0]): string {
    if (error instanceof Failure) {
      return (way && flowFailureText(way, error)) ?? describeFailure(error).message;
    }
    this.log.error(`useToken: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return l10n.t('Something unexpected went wrong. The log has the details.');
  }

  private readonly manners = {
    describe: (error: unknown) => ({ message: this.message(error), actions: [] }),
    act: () => Promise.resolve(undefined),
  };
}

function isToken({ flow = 'token' }: TokenState): boolean {
  return flow === 'token';
}
