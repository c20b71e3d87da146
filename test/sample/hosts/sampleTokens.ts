import { randomBytes } from 'node:crypto';
import type { ForgeAccount } from '../../forge/http/forge.ts';

/** Two people of every stand-in, with tokens that are good until it ends. */
export class SampleTokens {
  /** By token, as the stand-in reads it at every request. */
  readonly accounts: Record<string, ForgeAccount> = {};
  /** Every token that there ever was. */
  readonly issued: string[] = [];
  /** `ada` may do everything. */
  writing = this.issue({ name: 'ada', rights: 'write' });
  /** `rita` may only look. */
  readonly reading = this.issue({ name: 'rita', rights: 'read' });

  /** What `ada` had is refused from now on; gives the new one. */
  renew(): string {
    this.revoke();
    this.writing = this.issue({ name: 'ada', rights: 'write' });
    return this.writing;
  }

  revoke(): void {
    Reflect.deleteProperty(this.accounts, this.writing);
  }

  issue(account: ForgeAccount): string {
    const token = `sample_${randomBytes(15).toString('base64url')}`;
    this.accounts[token] = account;
    this.issued.push(token);
    return token;
  }
}
