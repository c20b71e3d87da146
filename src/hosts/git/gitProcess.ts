import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { Failure } from '../../core/errors.ts';
import type { RepositoryRef } from '../../core/model/repository.ts';
import { gitEnvironment } from './gitEnvironment.ts';

export interface GitRequest {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly env?: NodeJS.ProcessEnv;
  readonly stdin?: string | Uint8Array;
  /** The repository that it talks to; absent: its work is all here. */
  readonly remote?: Pick<RepositoryRef, 'name' | 'origin'>;
  /** Bytes of output beyond which Git is ended. */
  readonly maxBytes?: number;
}

export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** The signal fired before Git ended by itself. */
  readonly aborted: boolean;
}

const defaultMaxBytes = 64 * 1024 * 1024;
const stderrBytes = 64 * 1024;
/** Milliseconds between asking a process to end, which lets Git remove its lock files, and ending it. */
const grace = 2_000;

/** Runs one program with an argument array, never through a shell. Resolves only when the whole process group is gone. */
export function runProcess(program: string, request: GitRequest): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    if (request.signal.aborted) {
      reject(new Failure('cancelled'));
      return;
    }
    const child = spawn(program, request.args, {
      cwd: request.cwd,
      env: { ...gitEnvironment(process.env), ...request.env },
      stdio: 'pipe',
      windowsHide: true,
      // Its own process group, so that helpers (ssh, git-remote-https) can be ended along with it.
      detached: process.platform !== 'win32',
    });
    const stdout = new Output(request.maxBytes ?? defaultMaxBytes);
    let stderr = Buffer.alloc(0);
    let killTimer: NodeJS.Timeout | undefined;
    const end = () => {
      if (killTimer !== undefined) return;
      endTree(child, 'SIGTERM');
      killTimer = setTimeout(() => endTree(child, 'SIGKILL'), grace);
    };
    request.signal.addEventListener('abort', end, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      if (!stdout.add(chunk)) end();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = Buffer.concat([stderr, chunk]).subarray(-stderrBytes);
    });
    // A program that ends without reading all its input says why by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(request.stdin ?? '');
    const settle = (done: () => void) => {
      clearTimeout(killTimer);
      request.signal.removeEventListener('abort', end);
      done();
    };
    child.once('error', (cause) => settle(() => reject(startFailure(program, cause))));
    child.once('close', (code) =>
      settle(() => {
        if (stdout.full) reject(new Failure('tooLarge', { detail: `more than ${stdout.limit} bytes from git` }));
        else {
          const aborted = request.signal.aborted;
          resolve({ code: code ?? -1, stdout: stdout.bytes(), stderr: stderr.toString(), aborted });
        }
      }),
    );
  });
}

class Output {
  readonly #chunks: Buffer[] = [];
  #length = 0;

  constructor(readonly limit: number) {}

  get full(): boolean {
    return this.#length > this.limit;
  }

  add(chunk: Buffer): boolean {
    this.#length += chunk.length;
    if (!this.full) this.#chunks.push(chunk);
    return !this.full;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

function endTree(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    // By its full path: a bare name would be looked for in the present folder first.
    const taskkill = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
    spawn(taskkill, ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on('error', () =>
      child.kill('SIGKILL'),
    );
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: everything in the group has ended meanwhile, which is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function startFailure(program: string, cause: Error): Failure {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'EACCES') return new Failure('gitMissing', { detail: program }, { cause });
  return new Failure('hostError', { detail: cause.message }, { cause });
}
