/**
 * The answers that Git accepted, for one origin and as long as the window lives; never written anywhere. An answer is
 * given again only to the very same question, and only where the question names this origin or a key of the person's.
 */
export class RememberedAnswers {
  readonly #answers = new Map<string, string>();

  constructor(private readonly origin: string) {}

  get isEmpty(): boolean {
    return this.#answers.size === 0;
  }

  recall(question: string): string | undefined {
    return this.#answers.get(question);
  }

  keep(answers: ReadonlyMap<string, string>): void {
    for (const [question, answer] of answers) if (this.#isOwn(question)) this.#answers.set(question, answer);
  }

  /** Forgets those that are still what was given: another operation may have been told the right ones meanwhile. */
  forget(answers: ReadonlyMap<string, string>): void {
    for (const [question, answer] of answers) if (this.recall(question) === answer) this.#answers.delete(question);
  }

  /** Git asks in the name of a URL, which a redirect or the configuration may have led elsewhere; ssh names a key or a host. */
  #isOwn(question: string): boolean {
    const [, url] = /^(?:Username|Password) for '([^']*)':$/.exec(question) ?? [];
    if (url !== undefined) return originOf(url) === this.origin;
    if (/^Enter passphrase for key '[^']*':$/.test(question)) return true;
    const [, host] = /^[^@\s]+@(\S+)'s password:$/.exec(question) ?? [];
    return host !== undefined && this.origin.startsWith('ssh://') && host === hostOf(this.origin);
  }
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

function hostOf(origin: string): string {
  return new URL(origin).hostname;
}
