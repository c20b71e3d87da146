import { randomBytes } from 'node:crypto';
import type { ForgeAccount, Rights } from '../../forge/http/forge.ts';

/** Two people of every stand-in, with tokens that are good until it ends. */
export class SampleTokens {
  /** By token, as the stand-in reads it at every request. */
  readonly accounts: Record<string, ForgeAccount> = {};
  /** `ada` may do everything. */
  writing = this.issue('ada', 'write');
  /** `rita` may only look. */
  readonly reading = this.issue('rita', 'read');

  /** What `ada` had is refused from now on; gives the new one. */
  renew(): string {
    this.revoke();
    this.writing = this.issue('ada', 'write');
    return this.writing;
  }

  revoke(): void {
    Reflect.deleteProperty(this.accounts, this.writing);
  }

  private issue(name: string, rights: Rights): string {
    const token = `sample_${randomBytes(15).toString('base64url')}`;
    this.accounts[token] = { name, rights };
    return token;
  }
}
