import { html, nothing, type TemplateResult } from 'lit';
import type { Trouble, TroubleAction } from '../protocol/call.ts';
import type { FormField } from '../protocol/connectMessages.ts';

/** What stands around a field's control. */
export interface FieldFrame {
  readonly field: FormField;
  readonly label: string;
  readonly hint?: string;
  /** Why it cannot stay as it is. */
  readonly note?: string | undefined;
  /** What is being waited for. */
  readonly loading?: string | undefined;
  readonly trouble?: Trouble | undefined;
  /** Good news: what was found. */
  readonly found?: string | undefined;
  /** What can be done about the field at any time. */
  readonly actions?: readonly TroubleAction[];
  readonly act: (action: string) => void;
}

export function inputId(field: FormField): string {
  return `field-${field}`;
}

/** Ids of what describes a field's control; they stay in the page, filled or not. */
export function describedBy(field: FormField): string {
  return `${inputId(field)}-news ${inputId(field)}-hint`;
}

export function fieldView(frame: FieldFrame, control: TemplateResult): TemplateResult {
  const id = inputId(frame.field);
  return html`
    <div class="field">
      <label id="${id}-label" for=${id}>${frame.label}</label>
      ${control}
      <div id="${id}-news" class="news" aria-live="polite">${newsView(frame)}</div>
      <p id="${id}-hint" class="hint">${frame.hint ?? nothing}</p>
      ${actionsView(frame.actions ?? [], frame.act)}
    </div>
  `;
}

function newsView({ note, trouble, loading, found, act }: FieldFrame): TemplateResult | typeof nothing {
  if (note !== undefined) return html`<p class="note"><vscode-icon name="error"></vscode-icon><span>${note}</span></p>`;
  if (trouble !== undefined) return troubleView(trouble, act);
  if (loading !== undefined) return loadingView(loading);
  if (found === undefined || found === '') return nothing;
  return html`<p class="found"><vscode-icon name="pass"></vscode-icon><span>${found}</span></p>`;
}

export function loadingView(text: string): TemplateResult {
  return html`<p class="loading"><vscode-icon class="turning" name="loading"></vscode-icon><span>${text}</span></p>`;
}

export function troubleView({ message, actions }: Trouble, act: (action: string) => void): TemplateResult {
  return html`
    <div class="trouble">
      <p class="note"><vscode-icon name="error"></vscode-icon><span>${message}</span></p>
      ${actionsView(actions, act)}
    </div>
  `;
}

function actionsView(
  actions: readonly TroubleAction[],
  act: (action: string) => void,
): TemplateResult | typeof nothing {
  if (actions.length === 0) return nothing;
  return html`<div class="actions">
    ${actions.map(({ id, label }) => html`<vscode-button secondary @click=${() => act(id)}>${label}</vscode-button>`)}
  </div>`;
}
