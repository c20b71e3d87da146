import { formsOf } from './secretForms.ts';
import type { SecretForm } from './secretForms.ts';
import type { Written } from './written.ts';

interface SoughtForm extends SecretForm {
  /** What stands for it in a report. */
  readonly mark: string;
}

const around = 40;

/** Looks for the same secrets in one text after another. */
export class SecretFinder {
  readonly #forms: readonly SoughtForm[];

  constructor(secrets: readonly string[]) {
    this.#forms = [...new Set(secrets)].flatMap((secret) =>
      formsOf(secret).map((each) => ({ ...each, mark: `‹${secret.slice(0, 4)}…›` })),
    );
  }

  /** One line for each secret in each form: the place, the form, and what stands around it without any secret. */
  find({ where, text }: Written): readonly string[] {
    const found = this.#forms.filter(({ form }) => text.includes(form));
    return found.map((each) => `${this.#redact(where)} (${each.kind}): ${this.#excerpt(text, each)}`);
  }

  #excerpt(text: string, { form, mark }: SoughtForm): string {
    const start = text.indexOf(form);
    const [before, after] = [text.slice(0, start), text.slice(start + form.length)].map((side) => this.#redact(side));
    return `${before!.slice(-around)}${mark}${after!.slice(0, around)}`.replaceAll(/[^\P{C}‹›]/gu, ' ');
  }

  #redact(text: string): string {
    return this.#forms.reduce((rest, { form, mark }) => rest.replaceAll(form, mark), text);
  }
}
