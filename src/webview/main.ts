import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { render } from 'lit';
import { Caller } from '../protocol/caller.ts';
import type { FormCalls, FormField, FromForm, ToForm } from '../protocol/connectMessages.ts';
import { Combobox } from './combobox.ts';
import { ConnectFlow, type FlowView } from './connectFlow.ts';
import { Debounce } from './debounce.ts';
import { draftOf, restoreDraft } from './draft.ts';
import { inputId, troubleView } from './fieldView.ts';
import { formView } from './formView.ts';

/** What VS Code gives to the page of a webview. */
declare function acquireVsCodeApi(): {
  postMessage(message: FromForm): void;
  getState(): unknown;
  setState(state: unknown): void;
};

customElements.define('connect-combobox', Combobox);
void main();

async function main(): Promise<void> {
  const host = acquireVsCodeApi();
  const caller = new Caller<FormCalls>((message) => host.postMessage(message));
  window.addEventListener('message', ({ data }: MessageEvent<ToForm>) => caller.receive(data));

  const outcome = await caller.call('start', null);
  if (outcome.kind === 'trouble')
    render(
      troubleView(outcome.trouble, (action) => void caller.call('act', { action })),
      document.body,
    );
  if (outcome.kind !== 'answer') return;
  const setup = outcome.answer;
  const view: FlowView = {
    changed(state) {
      host.setState(draftOf(state));
      render(formView(state, actions), document.body);
    },
    focus: (field) => requestAnimationFrame(() => focusField(field)),
  };
  const draft = restoreDraft(host.getState(), setup);
  const flow = new ConnectFlow(caller, view, new Debounce(250), setup, draft);
  const actions = {
    type: (field: FormField, value: string) => flow.type(field, value),
    leave: (field: FormField) => flow.leave(field),
    act: (action: string) => flow.act(action),
    takeProposal: () => flow.takeProposal(),
    submit: () => flow.submit(),
  };
  flow.start();
  // A form that comes back with its window takes the focus from nobody.
  if (draft === undefined) view.focus(flow.firstField);
}

function focusField(field: FormField): void {
  document.getElementById(inputId(field))?.focus();
}
