import type { HostId } from '../../../src/core/model/repository.ts';
import type { GitSandbox } from '../../forge/git/gitCommand.ts';
import type { GitRepository } from '../../forge/git/gitRepository.ts';
import type { OAuthGrants } from '../../forge/http/oauthGrants.ts';
import type { Forge } from '../../forge/http/forge.ts';
import type { SampleTokens } from './sampleTokens.ts';

/** A stand-in of a host on this computer, in front of real Git repositories. */
export interface SampleHost {
  readonly id: HostId;
  /** As the connect form calls it. */
  readonly label: string;
  /** What a person types for the server. */
  readonly server: string;
  /** Where the host wants it beside the token. */
  readonly email?: string;
  readonly tokens: SampleTokens;
  /** Of the sample repository, as its list shows it. */
  readonly owner: string;
  readonly repository: string;
  /** The page of the sample repository, which says all of that at once. */
  readonly address: string;
  readonly bare: GitRepository;
  readonly forge: Forge;
  /** What it gives by OAuth, where it does. */
  readonly grants?: OAuthGrants;
  /** From now on only pull requests change the branch. */
  protect(branch: string): void;
  pullRequests(): readonly SamplePullRequest[];
  stop(): Promise<void>;
}

export interface SamplePullRequest {
  readonly from: string;
  readonly to: string;
}

/** What every stand-in is made of. */
export interface SampleParts {
  /** Its repositories are kept here. */
  readonly sandbox: GitSandbox;
  readonly tokens: SampleTokens;
  readonly port: number;
  /** The repository whose branches are copied. */
  readonly source: string;
}
