import { Failure } from '../../core/errors.ts';
import { ownFolderName } from '../../core/model/pathRules.ts';
import { decodeLease, encodeLease, type LeaseFile } from '../../core/sync/leaseCodec.ts';
import type { FolderFileSystem } from '../../ports/folderFileSystem.ts';
import type { LeaseClaim, LeaseHolder, LeaseStore } from '../../ports/lease.ts';
import { replaceOwn } from './replaceOwn.ts';

const leasePath = `${ownFolderName}/lease.json`;

/**
 * The right to write in a folder on a virtual file system. It cannot make a file only where none is: of two who take
 * it in the same moment, the one that wrote first finds out when it reads again.
 */
export class VirtualLeaseStore implements LeaseStore {
  private mine: LeaseFile | undefined;

  constructor(private readonly fs: FolderFileSystem) {}

  async take({ operation, since }: LeaseClaim): Promise<boolean> {
    if ((await this.read()) !== undefined) return false;
    const claim = { id: crypto.randomUUID(), operation, since, machine: '', pid: 0 };
    await this.write(claim);
    const isMine = (await this.read())?.id === claim.id;
    if (isMine) this.mine = claim;
    return isMine;
  }

  async confirm(): Promise<void> {
    if (this.mine === undefined || (await this.isMine())) return;
    throw new Failure('busy');
  }

  async beat(): Promise<void> {
    if (this.mine !== undefined && (await this.isMine())) await this.write(this.mine);
  }

  async release(): Promise<void> {
    const isMine = this.mine !== undefined && (await this.isMine());
    this.mine = undefined;
    if (isMine) await this.fs.delete(leasePath);
  }

  async holder(): Promise<LeaseHolder | undefined> {
    const facts = await this.fs.stat(leasePath);
    const file = await this.read();
    if (facts === undefined || file === undefined) return undefined;
    const { id, operation, since, machine } = file;
    return { id, operation, since, machine, beat: String(facts.modified), hasEnded: false };
  }

  async evict({ id }: LeaseHolder): Promise<void> {
    if ((await this.read())?.id === id) await this.fs.delete(leasePath);
  }

  private async isMine(): Promise<boolean> {
    return (await this.read())?.id === this.mine?.id;
  }

  private async read(): Promise<LeaseFile | undefined> {
    if ((await this.fs.stat(leasePath))?.kind !== 'file') return undefined;
    return decodeLease(new TextDecoder().decode(await this.fs.read(leasePath)));
  }

  private write(lease: LeaseFile): Promise<void> {
    return replaceOwn(this.fs, leasePath, new TextEncoder().encode(encodeLease(lease)));
  }
}
