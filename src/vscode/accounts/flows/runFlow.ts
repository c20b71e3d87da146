import { l10n, ProgressLocation, window } from 'vscode';
import { Failure } from '../../../core/errors.ts';
import type { HostId } from '../../../core/model/repository.ts';
import type { Account } from '../../../ports/accounts.ts';
import type { SignInFlowId, SignInOptions, SignIns } from '../../../ports/signIn.ts';
import { serverName } from '../accountNames.ts';
import { askTenant } from './askTenant.ts';
import { flowAction } from './flowWords.ts';

export interface FlowRun extends Omit<SignInOptions, 'signal'> {
  readonly flow: SignInFlowId;
  readonly host: HostId;
  readonly origin: string;
  /** Whether somebody who cancels is asked if another way suits them better: once in a sign-in. */
  readonly offersOnCancel: boolean;
}

/** What a way in led to. */
export type FlowEnd =
  | { readonly kind: 'signedIn'; readonly account: Account }
  /** The person wants to go another way. */
  | { readonly kind: 'otherWay'; readonly flow: SignInFlowId; readonly afterCancel: boolean }
  | { readonly kind: 'gaveUp' };

type Ways = Pick<SignIns, 'flows' | 'run'>;

interface Choice {
  readonly title: string;
  readonly take: () => Promise<FlowEnd>;
}

const gaveUp: FlowEnd = { kind: 'gaveUp' };

/**
 * Runs a way in where the person sees that something is waited for, and can stop it. One that fails says why, and
 * offers the next one of the server's.
 */
export async function runFlow(signIns: Ways, run: FlowRun, failed: (error: unknown) => string): Promise<FlowEnd> {
  try {
    return { kind: 'signedIn', account: await attempt(signIns, run) };
  } catch (error) {
    const next = nextWay(signIns, run);
    if (Failure.is(error, 'cancelled')) return next !== undefined && run.offersOnCancel ? offer(run, next) : gaveUp;
    const anew = (changes: Partial<FlowRun>): Promise<FlowEnd> => runFlow(signIns, { ...run, ...changes }, failed);
    const choices: readonly Choice[] = [
      ...(next === undefined ? [] : [{ title: flowAction(next), take: () => otherWay(next) }]),
      ...whenNotAdmitted(run, error, anew),
      { title: l10n.t('Try Again'), take: () => anew({}) },
    ];
    const chosen = await window.showErrorMessage(failed(error), ...choices.map(({ title }) => title));
    return choices.find(({ title }) => title === chosen)?.take() ?? gaveUp;
  }
}

async function attempt(signIns: Ways, { flow, host, origin, account, another, tenant }: FlowRun): Promise<Account> {
  const title = l10n.t('Signing in to {0}…', serverName(origin));
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (_, token) => {
    const stop = new AbortController();
    const listening = token.onCancellationRequested(() => stop.abort());
    const own = {
      ...(account === undefined ? {} : { account }),
      ...(another === undefined ? {} : { another }),
      ...(tenant === undefined ? {} : { tenant }),
    };
    return signIns.run(flow, host, origin, { ...own, signal: stop.signal }).finally(() => listening.dispose());
  });
}

/** The best one of those below it. */
function nextWay(signIns: Ways, { flow, host, origin }: FlowRun): SignInFlowId | undefined {
  const ways = signIns.flows(host, origin);
  return ways[ways.findIndex(({ id }) => id === flow) + 1]?.id;
}

/** As VS Code's own sign-in at GitHub does for whoever stops in the middle. */
async function offer({ origin }: FlowRun, next: SignInFlowId): Promise<FlowEnd> {
  const way = flowAction(next);
  const message = l10n.t('Having trouble signing in to {0}? Would you like to try another way?', serverName(origin));
  if ((await window.showInformationMessage(message, way, l10n.t('No'))) !== way) return gaveUp;
  return { kind: 'otherWay', flow: next, afterCancel: true };
}

/** VS Code signed somebody in whom the server does not want: it is not the way that is wrong. */
function whenNotAdmitted(
  { flow, host, origin }: FlowRun,
  error: unknown,
  anew: (changes: Partial<FlowRun>) => Promise<FlowEnd>,
): readonly Choice[] {
  if (flow !== 'vscode' || !Failure.is(error, 'forbidden', 'signInNeeded')) return [];
  const account = { title: l10n.t('Use Another Account'), take: () => anew({ another: true }) };
  if (host !== 'azureDevOps') return [account];
  const take = async (): Promise<FlowEnd> => {
    const tenant = await askTenant(serverName(origin));
    return tenant === undefined ? gaveUp : anew({ tenant, another: true });
  };
  return [account, { title: l10n.t('Use Another Tenant…'), take }];
}

function otherWay(flow: SignInFlowId): Promise<FlowEnd> {
  return Promise.resolve({ kind: 'otherWay', flow, afterCancel: false });
}
