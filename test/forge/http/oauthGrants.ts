import { createHash, randomBytes } from 'node:crypto';
import type { ForgeAccount } from './forge.ts';

/** An application that somebody registered at the host. */
export interface ForgeClient {
  readonly id: string;
  /** Of a confidential one. */
  readonly secret?: string;
  readonly redirectUris: readonly string[];
}

interface Code {
  readonly client: string;
  readonly redirectUri: string;
  readonly challenge: string | undefined;
  readonly account: ForgeAccount;
}

interface Device {
  readonly client: string;
  readonly userCode: string;
  answer: 'pending' | 'granted' | 'declined' | 'expired';
}

/** Tokens of one grant: what renews it is good once. */
interface IssuedGrant {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly client: string;
  readonly account: ForgeAccount;
  readonly expires: number;
  revoked: boolean;
  renewed: boolean;
}

export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly token_type: 'bearer';
  readonly expires_in: number;
}

/** Why the host gives nothing (RFC 6749, 5.2 and RFC 8628, 3.5). */
export class OAuthRefusal extends Error {
  constructor(
    readonly error: string,
    readonly status = 400,
  ) {
    super(error);
  }
}

/** Everything that a host keeps of who may act for whom. */
export class OAuthGrants {
  readonly clients: ForgeClient[] = [];
  /** Who sits at the browser. */
  person: ForgeAccount = { name: 'ada', rights: 'write' };
  /** Seconds that an access token is good for. */
  lifetime = 7200;
  /** Seconds. */
  deviceInterval = 1;
  /** `false`: as on servers before 17.1. */
  knowsDevices = true;
  /** Refresh tokens in the order in which they were used with success. */
  readonly renewals: string[] = [];
  /** Refused attempts to renew. */
  reused = 0;
  readonly #codes = new Map<string, Code>();
  readonly #devices = new Map<string, Device>();
  readonly #issued: IssuedGrant[] = [];

  register(client: ForgeClient): void {
    this.clients.push(client);
  }

  accountOf(token: string): ForgeAccount | undefined {
    const grant = this.#issued.find(({ accessToken }) => accessToken === token);
    if (grant === undefined || grant.revoked || grant.renewed) return undefined;
    return grant.expires > Date.now() ? grant.account : undefined;
  }

  get tokens(): readonly string[] {
    return this.#issued.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]);
  }

  /** What nobody but the host and its clients may know. */
  get secrets(): readonly string[] {
    return [...this.tokens, ...this.clients.flatMap(({ secret }) => secret ?? [])];
  }

  /** Grants that still let somebody in, or can be renewed. */
  get living(): number {
    return this.#issued.filter(({ revoked, renewed }) => !revoked && !renewed).length;
  }

  /** As if every access token had run its time. */
  expireAll(): void {
    for (const [index, grant] of this.#issued.entries()) this.#issued[index] = { ...grant, expires: 0 };
  }

  /** As a person does on the host's page of applications. */
  revokeAll(): void {
    for (const grant of this.#issued) grant.revoked = true;
  }

  /** @throws OAuthRefusal for what must not be answered by a redirect. */
  authorize(query: URLSearchParams): { readonly granted: string; readonly declined: string } {
    const client = this.#client(query.get('client_id'));
    const redirectUri = query.get('redirect_uri') ?? '';
    if (!client.redirectUris.some((registered) => isRegistered(redirectUri, registered))) {
      throw new OAuthRefusal('invalid_redirect_uri');
    }
    if (query.get('response_type') !== 'code') throw new OAuthRefusal('unsupported_response_type');
    const challenge = query.get('code_challenge') ?? undefined;
    if (client.secret === undefined && query.get('code_challenge_method') !== 'S256') {
      throw new OAuthRefusal('invalid_request');
    }
    const code = secret('code');
    this.#codes.set(code, { client: client.id, redirectUri, challenge, account: this.person });
    const back = (answer: Record<string, string>): string => {
      const url = new URL(redirectUri);
      for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
      url.searchParams.set('state', query.get('state') ?? '');
      return url.href;
    };
    return { granted: back({ code }), declined: back({ error: 'access_denied' }) };
  }

  token(form: URLSearchParams, basic?: { readonly user: string; readonly password: string }): TokenAnswer {
    const client = this.#client(basic?.user ?? form.get('client_id'));
    if (client.secret !== basic?.password) throw new OAuthRefusal('invalid_client', 401);
    switch (form.get('grant_type')) {
      case 'authorization_code':
        return this.#redeem(client, form);
      case 'refresh_token':
        return this.#renew(client, form.get('refresh_token'));
      case 'urn:ietf:params:oauth:grant-type:device_code':
        return this.#device(client, form.get('device_code'));
      default:
        throw new OAuthRefusal('unsupported_grant_type');
    }
  }

  revoke(token: string | null): void {
    for (const grant of this.#issued) {
      if (grant.accessToken === token || grant.refreshToken === token) grant.revoked = true;
    }
  }

  startDevice(clientId: string | null): { readonly device_code: string; readonly user_code: string } {
    const client = this.#client(clientId);
    const device_code = secret('device');
    const user_code = randomBytes(4).toString('hex').toUpperCase();
    this.#devices.set(device_code, { client: client.id, userCode: user_code, answer: 'pending' });
    return { device_code, user_code };
  }

  userCodeOf(deviceCode: string): string {
    return this.#devices.get(deviceCode)?.userCode ?? '';
  }

  /** What the person does with the code at the host; `false`: there is no such code. */
  answerDevice(userCode: string, answer: Exclude<Device['answer'], 'pending'>): boolean {
    const device = [...this.#devices.values()].find((each) => each.userCode === userCode);
    if (device !== undefined) device.answer = answer;
    return device !== undefined;
  }

  #client(id: string | null): ForgeClient {
    const client = this.clients.find((each) => each.id === id);
    if (client === undefined) throw new OAuthRefusal('invalid_client', 401);
    return client;
  }

  #redeem(client: ForgeClient, form: URLSearchParams): TokenAnswer {
    const code = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    if (code === undefined || code.client !== client.id) throw new OAuthRefusal('invalid_grant');
    if (code.redirectUri !== form.get('redirect_uri')) throw new OAuthRefusal('invalid_grant');
    if (code.challenge !== undefined && code.challenge !== challengeOf(form.get('code_verifier') ?? '')) {
      throw new OAuthRefusal('invalid_grant');
    }
    return this.#issue(client, code.account);
  }

  #renew(client: ForgeClient, refreshToken: string | null): TokenAnswer {
    const grant = this.#issued.find((each) => each.refreshToken === refreshToken && each.client === client.id);
    if (grant === undefined || grant.revoked || grant.renewed) {
      this.reused++;
      throw new OAuthRefusal('invalid_grant');
    }
    grant.renewed = true;
    this.renewals.push(grant.refreshToken);
    return this.#issue(client, grant.account);
  }

  #device(client: ForgeClient, deviceCode: string | null): TokenAnswer {
    const device = this.#devices.get(deviceCode ?? '');
    if (device === undefined || device.client !== client.id) throw new OAuthRefusal('invalid_grant');
    if (device.answer === 'pending') throw new OAuthRefusal('authorization_pending');
    this.#devices.delete(deviceCode ?? '');
    if (device.answer === 'granted') return this.#issue(client, this.person);
    throw new OAuthRefusal(device.answer === 'declined' ? 'access_denied' : 'expired_token');
  }

  #issue(client: ForgeClient, account: ForgeAccount): TokenAnswer {
    const grant = {
      accessToken: secret('oauth'),
      refreshToken: secret('refresh'),
      client: client.id,
      account,
      expires: Date.now() + this.lifetime * 1000,
      revoked: false,
      renewed: false,
    };
    this.#issued.push(grant);
    const { accessToken: access_token, refreshToken: refresh_token } = grant;
    return { access_token, refresh_token, token_type: 'bearer', expires_in: this.lifetime };
  }
}

function secret(kind: string): string {
  return `${kind}_${randomBytes(18).toString('base64url')}`;
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/** As Doorkeeper has it: a query may be added; of an address of this computer the port does not count. */
function isRegistered(given: string, registered: string): boolean {
  if (!URL.canParse(given)) return false;
  const [url, known] = [new URL(given), new URL(registered)];
  if (known.search === '') url.search = '';
  if (url.hostname === '127.0.0.1' && known.hostname === '127.0.0.1' && known.port === '') url.port = '';
  return url.href === known.href;
}
