import type { HostId, RepositoryRef } from '../core/model/repository.ts';

/** A repository that was connected before, by an address that its host understands. */
export interface RecentRepository {
  readonly host: HostId;
  readonly address: string;
}

/** What is a person's own, never the workspace's: kept by VS Code outside of every folder. Holds no secret. */
export interface Personal {
  /** What the person approved, as one opaque key each: origin + repository + folder, and each origin by itself. */
  isApproved(key: string): boolean;
  approve(key: string): Promise<void>;
  /** Takes back what was approved (disconnect for me). */
  revoke(key: string): Promise<void>;
  /** Connected before, newest first, at most 20, without credentials. */
  readonly recentRepositories: readonly RecentRepository[];
  rememberRepository(repository: RecentRepository): Promise<void>;
  /** Id of the account that the person chose for a repository; `undefined`: none was chosen. */
  accountOf(repository: RepositoryKey): string | undefined;
  /** `undefined`: none is chosen any more. */
  bindAccount(repository: RepositoryKey, account: string | undefined): Promise<void>;
  /** Whether the person said "not now" to what is offered under this key: it is not offered again by itself. */
  isDeclined(key: string): boolean;
  decline(key: string): Promise<void>;
}

/** What names a repository for good: its name may change. */
export type RepositoryKey = Pick<RepositoryRef, 'host' | 'origin' | 'id'>;
