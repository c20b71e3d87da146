import type { HostId } from '../core/model/repository.ts';

/** What a host gave us for somebody who signed in there. A secret from end to end. */
export interface Grant {
  readonly accessToken: string;
  /** For one use: it is replaced along with the access token. Absent: nothing renews the grant. */
  readonly refreshToken?: string;
  /** Milliseconds since 1970 after which the access token is worth nothing. */
  readonly expires?: number;
  readonly scopes?: readonly string[];
}

/** Who we are to a host: what it registered. A secret is the person's own consumer's, never one of ours. */
export interface OAuthClient {
  readonly id: string;
  readonly secret?: string;
}

/** Where a browser leads back to, and what proves that it comes from what we began. */
export interface AuthorizationRequest {
  readonly redirectUri: string;
  readonly state: string;
  /** PKCE's, S256: base64url of the SHA-256 of `verifier`. */
  readonly challenge: string;
}

/** What a browser came back with. */
export interface Redemption {
  readonly code: string;
  readonly redirectUri: string;
  /** PKCE's: only whoever began knows it. */
  readonly verifier: string;
}

/** A code for a person to type in at the host (RFC 8628). */
export interface DeviceCode {
  readonly deviceCode: string;
  readonly userCode: string;
  /** Where it is typed in, at the host itself. */
  readonly page: string;
  /** Milliseconds between questions. */
  readonly interval: number;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** Grants by code for devices. */
export interface DeviceGrants {
  start(signal: AbortSignal): Promise<DeviceCode>;
  /**
   * Asks until the person has answered at the host.
   * @throws Failure `timeout` when the code expires before, `cancelled` when the person declines
   */
  wait(code: DeviceCode, signal: AbortSignal): Promise<Grant>;
}

/**
 * One host's way to give grants.
 * Everything throws Failure: `signInNeeded` when the host does not take the code or the refresh token (and for that
 * reason alone), `hostError` with the host's own word for everything else it refuses, and those of the network.
 */
export interface OAuthServer {
  /** The page for a person to say yes on. */
  page(request: AuthorizationRequest): string;
  redeem(redemption: Redemption, signal: AbortSignal): Promise<Grant>;
  renew(refreshToken: string, signal: AbortSignal): Promise<Grant>;
  /** Absent: the host ends grants on its pages only. */
  revoke?(grant: Grant, signal: AbortSignal): Promise<void>;
  /** Absent: the host has none. */
  readonly device?: DeviceGrants;
}

/** The hosts that give grants. */
export interface OAuthServers {
  /** @throws Failure `unsupported` for a host that gives none. */
  open(host: HostId, origin: string, client: OAuthClient): Promise<OAuthServer>;
}
