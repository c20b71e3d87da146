import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

export interface GitObject {
  readonly id: string;
  readonly type: string;
  readonly size: number;
  /** Empty when only asked what it is. */
  readonly bytes: Buffer;
}

interface Question {
  readonly command: 'contents' | 'info';
  resolve(object: GitObject | undefined): void;
  reject(error: Error): void;
}

/** One `git cat-file` that answers for as long as a test runs: no process for every object. */
export class CatFile {
  #child: ChildProcessWithoutNullStreams | undefined;
  #waiting: Question[] = [];
  #received: Buffer[] = [];
  #length = 0;
  /** Bytes that the next answer needs at least: no use in looking at it before. */
  #needed = 0;

  constructor(
    private readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** `undefined`: there is no such thing. */
  contents(name: string): Promise<GitObject | undefined> {
    return this.#ask('contents', name);
  }

  info(name: string): Promise<GitObject | undefined> {
    return this.#ask('info', name);
  }

  close(): void {
    this.#child?.kill();
    this.#child = undefined;
  }

  #ask(command: Question['command'], name: string): Promise<GitObject | undefined> {
    // A line is a question.
    if (name === '' || /[\n\0]/.test(name)) return Promise.resolve(undefined);
    const child = (this.#child ??= this.#start());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ command, resolve, reject });
      child.stdin.write(`${command} ${name}\n`);
    });
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = spawn('git', ['cat-file', '--batch-command'], { cwd: this.folder, env: this.environment });
    child.stdout.on('data', (chunk: Buffer) => {
      this.#received.push(chunk);
      this.#length += chunk.length;
      this.#answer();
    });
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => this.#fail(error));
    child.on('close', () => this.#fail(new Error('git cat-file ended')));
    return child;
  }

  #fail(error: Error): void {
    this.#child = undefined;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  #answer(): void {
    if (this.#length < this.#needed) return;
    let bytes = Buffer.concat(this.#received);
    this.#needed = 0;
    for (let [question] = this.#waiting; question; [question] = this.#waiting) {
      const end = bytes.indexOf(0x0a);
      if (end < 0) break;
      const [id = '', type = '', length = ''] = bytes.toString('utf8', 0, end).split(' ');
      const isThere = /^[0-9a-f]{40}$/.test(id) && /^\d+$/.test(length);
      const size = isThere ? Number(length) : 0;
      const hasContents = isThere && question.command === 'contents';
      const next = end + 1 + (hasContents ? size + 1 : 0);
      if (bytes.length < next) {
        this.#needed = next;
        break;
      }
      this.#waiting.shift();
      const contents = Buffer.from(hasContents ? bytes.subarray(end + 1, end + 1 + size) : []);
      question.resolve(isThere ? { id, type, size, bytes: contents } : undefined);
      bytes = bytes.subarray(next);
    }
    this.#received = [bytes];
    this.#length = bytes.length;
  }
}
