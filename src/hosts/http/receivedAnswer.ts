import { Failure, type FailureFacts } from '../../core/errors.ts';
import type { HttpAnswer } from './httpMessages.ts';

/** An answer with its whole body. */
export class ReceivedAnswer implements HttpAnswer {
  constructor(
    readonly status: number,
    readonly url: string,
    readonly headers: Headers,
    readonly bytes: Uint8Array,
    private readonly facts: FailureFacts,
  ) {}

  header(name: string): string | undefined {
    return this.headers.get(name) ?? undefined;
  }

  text(): string {
    return new TextDecoder().decode(this.bytes);
  }

  json(): unknown {
    try {
      return JSON.parse(this.text()) as unknown;
    } catch (cause) {
      throw new Failure('unexpectedAnswer', { ...this.facts, detail: 'the answer is no JSON' }, { cause });
    }
  }
}

/** A page for people, where data was due: a sign-in form, a proxy, the host's edge. */
export function isWebPage(answer: HttpAnswer): boolean {
  return answer.bytes.length > 0 && /^text\/html\b/i.test(answer.header('content-type') ?? '');
}
