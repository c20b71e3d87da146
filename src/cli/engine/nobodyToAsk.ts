import type { Ask, QuestionKind, Questions } from '../../ports/ask.ts';

/** Answers every question with no, and remembers what was asked: nobody sits in front of a script. */
export class NobodyToAsk implements Ask {
  /** What stopped the operation that runs; a new one begins with nothing asked. */
  asked: QuestionKind | undefined;

  ask<K extends QuestionKind>(kind: K): Promise<Questions[K]['answer']> {
    this.asked = kind;
    return Promise.resolve('cancel' as Questions[K]['answer']);
  }
}
