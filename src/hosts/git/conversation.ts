import { Failure } from '../../core/errors.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { AccountAnswers, withoutHelpers, type GitAccount } from './accountAnswers.ts';
import type { GitAddress } from './address.ts';
import { Answerer, type Prompting } from './answerer.ts';
import { failureFrom, fingerprintIn } from './failures.ts';
import type { GitResult } from './gitProcess.ts';
import type { MirrorRequest } from './mirror.ts';
import { RememberedAnswers } from './rememberedAnswers.ts';
import { sshCommand, unattendedOptions, type SshSettings } from './sshCommand.ts';

/** Whom a remote's questions may reach. */
export interface Answers {
  /** Absent: nobody is ever asked. */
  readonly prompting: Prompting | undefined;
  /** Answers in place of the person, of what was remembered, and of the person's credential helpers. */
  readonly account: GitAccount | undefined;
  readonly remembered: RememberedAnswers;
}

/** Where Git runs, and the remote that it talks to: one of our mirrors, or a person's own clone. */
export interface Speaker {
  readonly address: Pick<GitAddress, 'name' | 'origin' | 'transport'>;
  /** The remote's name in the configuration. */
  readonly remote: string;
  view(request: MirrorRequest): Promise<GitResult>;
  /** As `view`, but a cancelled run gives its result. */
  attemptView(request: MirrorRequest): Promise<GitResult>;
  fetching(request: MirrorRequest): Promise<GitResult>;
}

type Run = (request: MirrorRequest) => Promise<GitResult>;

/** One turn of talking to a remote: every Git in it has the same environment, and the same one to answer it. */
export class Conversation {
  private constructor(
    private readonly speaker: Speaker,
    private readonly call: CallContext,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly answerer: Answerer | undefined,
  ) {}

  static async hold<T>(
    speaker: Speaker,
    answers: Answers,
    call: CallContext,
    work: (git: Conversation) => Promise<T>,
  ): Promise<T> {
    const answerer = await startAnswerer(answers, speaker, call);
    try {
      const isUnattended = !call.interactive || answerer === undefined;
      const own = answers.account === undefined ? {} : withoutHelpers(process.env);
      const environment = { ...protocols(speaker), ...own, ...answerer?.environment };
      const unattended = isUnattended ? await unattendedEnvironment(speaker, answerer, call.signal) : {};
      return await work(new Conversation(speaker, call, { ...environment, ...unattended }, answerer));
    } finally {
      await answerer?.close();
    }
  }

  /** Runs Git where a missing object is an error. */
  view(args: readonly string[]): Promise<GitResult> {
    return this.#run((request) => this.speaker.view(request), { args });
  }

  /** Runs Git where objects may be missing for now. */
  fetch(args: readonly string[], stdin?: string): Promise<GitResult> {
    return this.#run((request) => this.speaker.fetching(request), stdin === undefined ? { args } : { args, stdin });
  }

  /** As {@link view}; a cancelled push gives its result, for it may have taken effect. */
  push(args: readonly string[]): Promise<GitResult> {
    return this.#run((request) => this.speaker.attemptView(request), { args });
  }

  /** What went wrong, with the fingerprint of a host key that is not trusted. */
  async failure(result: GitResult, branch?: string): Promise<Failure> {
    const { name, origin } = this.speaker.address;
    const facts = { repository: name, origin, ...(branch === undefined ? {} : { branch }) };
    const failure = failureFrom(result.stderr, facts);
    if (failure.reason !== 'hostKeyUnknown') return failure;
    const refused = fingerprintIn(this.answerer?.refusedHostKey ?? '');
    const detail = refused ?? fingerprintIn(result.stderr) ?? (await this.#hostKey());
    return detail === undefined ? failure : new Failure('hostKeyUnknown', { ...facts, detail });
  }

  async #run(run: Run, request: Pick<MirrorRequest, 'args' | 'stdin'>): Promise<GitResult> {
    const { signal, interactive } = this.call;
    const result = await run({ ...request, env: this.environment, signal, remote: this.speaker.address });
    if (isAccepted(result)) this.answerer?.keepAnswers();
    if (!isSignInRefused(result)) return result;
    // What was remembered is right no longer: whoever started this is asked, once.
    return this.answerer?.forgetAnswers() && interactive ? this.#run(run, request) : result;
  }

  /** ssh that may not ask does not name the key that it did not trust, unless it is told to talk. */
  async #hostKey(): Promise<string | undefined> {
    const { signal } = this.call;
    const command = sshCommand(await sshSettings(this.speaker, signal), ['-oBatchMode=yes', '-v']);
    const env = { ...this.environment, GIT_SSH_COMMAND: command };
    const args = ['ls-remote', this.speaker.remote, 'HEAD'];
    return fingerprintIn((await this.speaker.view({ args, env, signal, remote: this.speaker.address })).stderr);
  }
}

/** In the background only what is remembered answers, so that without it there is nothing to start. */
async function startAnswerer(
  { prompting, account, remembered }: Answers,
  { address: { origin } }: Speaker,
  call: CallContext,
): Promise<Answerer | undefined> {
  if (account) {
    // Renewed ones count at once: nothing is remembered from one conversation to the next.
    const [credentials, none] = [new AccountAnswers(origin, account, call), new RememberedAnswers(origin)];
    return Answerer.start({ credentials, remembered: none, program: account.askpass, signal: call.signal });
  }
  if (!prompting || (!call.interactive && remembered.isEmpty)) return undefined;
  const credentials = call.interactive ? prompting.credentials : undefined;
  return Answerer.start({ credentials, remembered, program: prompting.askpass, signal: call.signal });
}

function protocols({ address }: Speaker): NodeJS.ProcessEnv {
  return { GIT_ALLOW_PROTOCOL: address.transport === 'http' ? 'file:https:ssh:http' : 'file:https:ssh' };
}

async function unattendedEnvironment(
  speaker: Speaker,
  answerer: Answerer | undefined,
  signal: AbortSignal,
): Promise<NodeJS.ProcessEnv> {
  const ssh = await sshSettings(speaker, signal);
  return {
    ...(answerer === undefined ? { GIT_ASKPASS: '' } : {}),
    SSH_ASKPASS: '',
    GCM_INTERACTIVE: 'never',
    GIT_SSH_COMMAND: sshCommand(ssh, unattendedOptions(ssh)),
  };
}

async function sshSettings(speaker: Speaker, signal: AbortSignal): Promise<SshSettings> {
  const { stdout } = await speaker.view({ args: ['config', '--get', 'core.sshCommand'], signal });
  return {
    environmentCommand: process.env['GIT_SSH_COMMAND'],
    configuredCommand: stdout.toString().trim(),
    program: process.env['GIT_SSH'],
  };
}

/** The remote let us in, whatever it said afterwards. */
function isAccepted({ code, stdout, stderr }: GitResult): boolean {
  if (code === 0) return true;
  const words = /couldn't find remote ref|not our ref|unadvertised object/;
  return words.test(stderr) || isRefSaid(stdout);
}

function isSignInRefused({ code, stdout, stderr, aborted }: GitResult): boolean {
  return code !== 0 && !aborted && !isRefSaid(stdout) && failureFrom(stderr, {}).reason === 'signInNeeded';
}

/** A push came so far that the ref was spoken of (`--porcelain`): what a hook says then is no sign-in. */
function isRefSaid(stdout: Buffer): boolean {
  return /^[ +\-*!=]\t/m.test(stdout.toString());
}
