import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Failure } from '../../core/errors.ts';
import { decodeLease, encodeLease, type LeaseFile } from '../../core/sync/leaseCodec.ts';
import type { LeaseClaim, LeaseHolder, LeaseStore } from '../../ports/lease.ts';
import { writeFailure } from './ioError.ts';
import type { OwnFolder } from './ownFolder.ts';

const leaseFile = 'lease.json';

/** The right to write in a folder, in `.api-source-control/lease.json`: who makes the file has it. */
export class DiskLeaseStore implements LeaseStore {
  private mine: string | undefined;

  constructor(private readonly own: OwnFolder) {}

  async take({ operation, since }: LeaseClaim): Promise<boolean> {
    const id = randomUUID();
    const text = encodeLease({ id, operation, since, machine: hostname(), pid: process.pid });
    const taken = await this.own.writeNew(leaseFile, text);
    if (taken) this.mine = id;
    return taken;
  }

  async confirm(): Promise<void> {
    if (this.mine === undefined || (await this.read())?.id === this.mine) return;
    throw new Failure('busy');
  }

  /** The time of the file says it, so that a late sign of life never writes over who has it by now. */
  async beat(): Promise<void> {
    if (this.mine !== undefined && (await this.read())?.id === this.mine) await this.own.touch(leaseFile);
  }

  async release(): Promise<void> {
    const isMine = this.mine !== undefined && (await this.read())?.id === this.mine;
    this.mine = undefined;
    try {
      if (isMine) await this.own.remove(leaseFile);
    } catch (error) {
      throw writeFailure(error, leaseFile);
    }
  }

  async holder(): Promise<LeaseHolder | undefined> {
    const file = await this.read();
    const beat = await this.own.timeOf(leaseFile);
    if (file === undefined || beat === undefined) return undefined;
    const { id, operation, since, machine } = file;
    return { id, operation, since, machine, beat, hasEnded: hasEnded(file) };
  }

  async evict({ id }: LeaseHolder): Promise<void> {
    const taken = await this.own.moveAside(leaseFile);
    if (taken === undefined) return;
    const text = new TextDecoder().decode(taken);
    // Somebody was faster, and what was taken away is theirs.
    if (decodeLease(text).id !== id) await this.own.writeNew(leaseFile, text);
  }

  private async read(): Promise<LeaseFile | undefined> {
    const bytes = await this.own.read(leaseFile);
    return bytes === undefined ? undefined : decodeLease(new TextDecoder().decode(bytes));
  }
}

function hasEnded({ id, machine, pid }: LeaseFile): boolean {
  if (id === '' || machine !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // Of another user, it is there all the same.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
