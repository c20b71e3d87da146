import { looseObject, number, optional, string } from 'valibot';
import { Failure } from '../../core/errors.ts';
import type { DeviceCode, DeviceGrants, Grant } from '../../ports/oauth.ts';
import { parseAnswer } from '../http/parseAnswer.ts';
import { pause } from '../http/pause.ts';
import { safeLink } from '../http/webAddress.ts';
import type { TokenEndpoint } from './tokenEndpoint.ts';

const codeSchema = looseObject({
  device_code: string(),
  user_code: string(),
  verification_uri: string(),
  expires_in: number(),
  interval: optional(number()),
});

/** Unless the server says otherwise (RFC 8628, 3.2); and what `slow_down` adds. */
const usualSeconds = 5;

/** GitLab's grants by code for devices. A server before 17.1 has none, and says 404. */
export class GitLabDevice implements DeviceGrants {
  constructor(
    private readonly endpoint: TokenEndpoint,
    private readonly origin: string,
    private readonly client: string,
    private readonly scope: string,
  ) {}

  async start(signal: AbortSignal): Promise<DeviceCode> {
    const { endpoint, origin } = this;
    const sent = endpoint.tools.clock.now();
    const fields = { client_id: this.client, scope: this.scope };
    const answer = await endpoint.send({ url: `${origin}/oauth/authorize_device`, fields }, signal);
    if (answer.status === 404) throw new Failure('unsupported', { ...endpoint.facts, detail: 'deviceGrantAbsent' });
    if (answer.status !== 200) throw endpoint.refusal(answer);
    const code = parseAnswer(codeSchema, answer.json(), endpoint.facts);
    const page = safeLink(code.verification_uri, origin);
    if (page === undefined) throw endpoint.strange('the page for the code is not the server’s own');
    return {
      deviceCode: code.device_code,
      userCode: code.user_code,
      page,
      interval: (code.interval ?? usualSeconds) * 1000,
      expires: sent + code.expires_in * 1000,
    };
  }

  async wait({ deviceCode, interval, expires }: DeviceCode, signal: AbortSignal): Promise<Grant> {
    const { tools, facts } = this.endpoint;
    const fields = {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: this.client,
      device_code: deviceCode,
    };
    let wait = interval;
    for (;;) {
      await pause(tools.timer, wait, signal);
      const sent = tools.clock.now();
      if (sent >= expires) throw new Failure('timeout', { ...facts, detail: 'codeExpired' });
      const answer = await this.endpoint.send({ url: `${this.origin}/oauth/token`, fields }, signal);
      if (answer.status === 200) return this.endpoint.readGrant(answer, sent);
      const error = this.endpoint.errorOf(answer);
      if (error === 'slow_down') wait += usualSeconds * 1000;
      else if (error === 'access_denied') throw new Failure('cancelled', facts);
      else if (error === 'expired_token') throw new Failure('timeout', { ...facts, detail: 'codeExpired' });
      else if (error !== 'authorization_pending') throw this.endpoint.refusal(answer);
    }
  }
}
