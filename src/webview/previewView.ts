import { html, nothing, type TemplateResult } from 'lit';
import type { FormPreview } from '../protocol/connectMessages.ts';
import { loadingView, troubleView } from './fieldView.ts';
import { valueOf, type FormState } from './formState.ts';

/** What connecting would bring, before anything is done. */
export function previewView(
  state: FormState,
  actions: { readonly act: (action: string) => void; readonly takeProposal: () => void },
): TemplateResult {
  const { strings } = state.setup;
  return html`
    <section class="preview" aria-labelledby="preview-title">
      <h2 id="preview-title">${strings.preview}</h2>
      <div aria-live="polite" aria-busy=${state.preview.state === 'loading'}>${bodyView(state, actions)}</div>
      <p class="promise"><vscode-icon name="shield"></vscode-icon><span>${strings.writesNothing}</span></p>
    </section>
  `;
}

function bodyView(state: FormState, actions: Parameters<typeof previewView>[1]): TemplateResult {
  const { strings } = state.setup;
  const { preview } = state;
  if (preview.state === 'trouble') return troubleView(preview.trouble, actions.act);
  const known = valueOf(preview);
  if (known === undefined) {
    return preview.state === 'loading'
      ? loadingView(strings.previewLoading)
      : html`<p class="hint">${strings.previewWaiting}</p>`;
  }
  return html`
    ${known.rows.length === 0 ? html`<p class="hint">${strings.previewOld}</p>` : rowsView(known)}
    ${proposalView(known, actions.takeProposal)}
    ${preview.state === 'loading' ? loadingView(strings.previewLoading) : nothing}
  `;
}

function rowsView({ rows }: FormPreview): TemplateResult {
  return html`<ul class="rows">
    ${rows.map(
      ({ kind, icon, text, details }) => html`
        <li class=${kind}>
          <vscode-icon name=${icon}></vscode-icon>
          <div>
            <span>${text}</span>
            ${
              details.length === 0
                ? nothing
                : html`<ul class="details">
                    ${details.map((detail) => html`<li>${detail}</li>`)}
                  </ul>`
            }
          </div>
        </li>
      `,
    )}
  </ul>`;
}

function proposalView({ proposal }: FormPreview, take: () => void): TemplateResult | typeof nothing {
  if (proposal === undefined) return nothing;
  return html`
    <div class="proposal">
      <p><vscode-icon name="info"></vscode-icon><span>${proposal.text}</span></p>
      <div class="actions"><vscode-button secondary @click=${take}>${proposal.label}</vscode-button></div>
    </div>
  `;
}
