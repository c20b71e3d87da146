import type { HttpAnswer } from './httpMessages.ts';

/** Answers that are asked for again and again, kept by their ETag; the oldest go first. */
export class AnswerCache {
  readonly #answers = new Map<string, { readonly etag: string; readonly answer: HttpAnswer }>();
  #owner = '';

  constructor(
    private readonly most: number,
    private readonly mostBytes: number,
  ) {}

  /** What one credential was shown is never shown to another. Whether it is another one than before. */
  belongTo(owner: string): boolean {
    if (owner === this.#owner) return false;
    this.#answers.clear();
    this.#owner = owner;
    return true;
  }

  get(key: string): { readonly etag: string; readonly answer: HttpAnswer } | undefined {
    return this.#answers.get(key);
  }

  keep(key: string, answer: HttpAnswer): void {
    this.#answers.delete(key);
    const etag = answer.header('etag');
    if (answer.status !== 200 || etag === undefined || answer.bytes.length > this.mostBytes) return;
    this.#answers.set(key, { etag, answer });
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > this.most && oldest !== undefined) this.#answers.delete(oldest);
  }
}
