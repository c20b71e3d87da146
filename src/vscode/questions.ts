import { window } from 'vscode';
import type { Ask, QuestionKind, Questions } from '../ports/ask.ts';

/** Asks in modal dialogs: every question here is about losing something. */
export class ModalQuestions implements Ask {
  async ask<K extends QuestionKind>(kind: K, facts: Questions[K]['facts']): Promise<Questions[K]['answer']> {
    const { dialogOf } = await import('./messages/dialogs.ts');
    const { message, detail, choices } = dialogOf(kind, facts);
    const buttons = choices.map(([button]) => button);
    const chosen = await window.showWarningMessage(message, { modal: true, detail }, ...buttons);
    return choices.find(([button]) => button === chosen)?.[1] ?? 'cancel';
  }
}
