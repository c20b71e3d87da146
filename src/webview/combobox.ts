import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { labelOf, matchOptions, splitAtMatch, stepTo, type ComboboxOption, type Matches } from './comboboxOptions.ts';
import { fillIn } from './fillIn.ts';

/** Words that the list itself says. */
export interface ComboboxWords {
  readonly suggestions: string;
  readonly noMatches: string;
  readonly moreOptions: string;
}

/**
 * A text box with a list: ARIA 1.2 editable combobox. Renders into the page itself, so that labels and descriptions
 * of the page reach its input, which they cannot through a shadow root.
 *
 * @fires combobox-type with the text, as the person types or chooses
 * @fires combobox-leave when the person is done with it
 */
export class Combobox extends LitElement {
  static override readonly properties = {
    inputId: { attribute: false },
    value: { attribute: false },
    options: { attribute: false },
    words: { attribute: false },
    free: { attribute: false },
    invalid: { attribute: false },
    required: { attribute: false },
    busy: { attribute: false },
    locked: { attribute: false },
    describedBy: { attribute: false },
    placeholder: { attribute: false },
    open: { state: true },
    active: { state: true },
    query: { state: true },
  };

  declare inputId: string;
  declare value: string;
  declare options: readonly ComboboxOption[];
  declare words: ComboboxWords;
  /** Text that is in no option is allowed. */
  declare free: boolean;
  declare invalid: boolean;
  declare required: boolean;
  declare busy: boolean;
  /** Can be read and focused, not changed. */
  declare locked: boolean;
  declare describedBy: string;
  declare placeholder: string;
  declare private open: boolean;
  /** Value of the option that Enter would take, where the list has it. No index: a list may arrive while it is open. */
  declare private active: string | undefined;
  /** What the list is narrowed by; blank until the person types. */
  declare private query: string;

  constructor() {
    super();
    this.options = [];
    this.open = false;
    this.query = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { shown, hidden } = this.matching();
    const active = shown.findIndex(({ value }) => value === this.active);
    return html`
      <div class="combobox" @focusout=${this.onFocusOut}>
        <input
          id=${this.inputId}
          class="text"
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck="false"
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-expanded=${this.open}
          aria-controls=${this.open && shown.length > 0 ? this.listId : nothing}
          aria-activedescendant=${this.open && active >= 0 ? this.optionId(active) : nothing}
          aria-describedby=${this.describedBy}
          aria-invalid=${this.invalid}
          aria-required=${this.required}
          aria-busy=${this.busy}
          placeholder=${this.placeholder}
          ?readonly=${this.locked}
          .value=${live(this.text())}
          @input=${this.onInput}
          @click=${this.onClick}
          @keydown=${this.onKeyDown}
        />
        <button
          type="button"
          class="toggle"
          tabindex="-1"
          aria-hidden="true"
          ?disabled=${this.locked}
          @mousedown=${keepFocus}
          @click=${this.onToggle}
        >
          <vscode-icon name="chevron-down"></vscode-icon>
        </button>
        ${this.open ? this.popup(shown, hidden) : nothing}
      </div>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('active') || changed.has('open')) {
      this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    }
  }

  private popup(shown: Matches['shown'], hidden: number): TemplateResult {
    return html`
      <div class="popup" @mousedown=${keepFocus}>
        ${
          shown.length === 0
            ? html`<p class="aside">${this.words.noMatches}</p>`
            : html`<ul id=${this.listId} role="listbox" aria-label=${this.words.suggestions}>
                ${shown.map((option, index) => this.option(option, index))}
              </ul>`
        }
        ${hidden > 0 ? html`<p class="aside">${fillIn(this.words.moreOptions, hidden)}</p>` : nothing}
      </div>
    `;
  }

  private option(option: ComboboxOption, index: number): TemplateResult {
    const [before, match, after] = splitAtMatch(labelOf(option), this.query);
    return html`<li
      id=${this.optionId(index)}
      role="option"
      aria-selected=${option.value === this.active}
      @click=${() => this.choose(option)}
    >
      ${option.icon === undefined ? nothing : html`<vscode-icon name=${option.icon}></vscode-icon>`}
      <span class="label">${before}${match === '' ? nothing : html`<b>${match}</b>`}${after}</span>
      ${option.description ? html`<span class="description">${option.description}</span>` : nothing}
    </li>`;
  }

  private get listId(): string {
    return `${this.inputId}-list`;
  }

  private optionId(index: number): string {
    return `${this.inputId}-option-${index}`;
  }

  private matching(): Matches {
    return matchOptions(this.options, this.query);
  }

  /** What is typed stands as it is; what is chosen shows its label. */
  private text(): string {
    if (this.open && this.query !== '') return this.free ? this.value : this.query;
    const chosen = this.options.find(({ value }) => value === this.value);
    return chosen === undefined ? this.value : labelOf(chosen);
  }

  private show(): void {
    if (this.open || this.locked) return;
    this.query = '';
    this.open = true;
    this.active = this.value;
  }

  private hide(): void {
    this.open = false;
    this.active = undefined;
    this.query = '';
  }

  private choose(option: ComboboxOption): void {
    this.hide();
    this.tell('combobox-type', option.value);
    this.tell('combobox-leave', option.value);
  }

  private tell(event: 'combobox-type' | 'combobox-leave', value: string): void {
    this.dispatchEvent(new CustomEvent(event, { detail: value }));
  }

  private onInput(event: InputEvent): void {
    const { value } = event.target as HTMLInputElement;
    this.open = true;
    this.query = value;
    this.active = this.free || value === '' ? undefined : this.matching().shown[0]?.value;
    if (this.free) this.tell('combobox-type', value);
  }

  private onClick(): void {
    this.show();
  }

  private onToggle(): void {
    this.querySelector('input')?.focus();
    if (this.open) this.hide();
    else this.show();
  }

  private onFocusOut(event: FocusEvent): void {
    if (event.relatedTarget instanceof Node && this.contains(event.relatedTarget)) return;
    this.hide();
    this.tell('combobox-leave', this.value);
  }

  private onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const handled = this.open ? this.onOpenKey(event) : this.onClosedKey(event);
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private onClosedKey({ key }: KeyboardEvent): boolean {
    if (key !== 'ArrowDown' && key !== 'ArrowUp') return false;
    this.show();
    if (this.activeOption() === undefined) this.move(key === 'ArrowDown' ? 1 : -1);
    return true;
  }

  private onOpenKey({ key, altKey }: KeyboardEvent): boolean {
    if (key === 'Escape' || (altKey && key === 'ArrowUp')) {
      this.hide();
      return true;
    }
    if (key === 'Enter') return this.take();
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[key];
    if (steps !== undefined) this.move(steps);
    return steps !== undefined;
  }

  /** Takes the active option; without one, what was typed stands and Enter is the form's. */
  private take(): boolean {
    const option = this.activeOption();
    if (option === undefined) {
      this.hide();
      return false;
    }
    this.choose(option);
    return true;
  }

  private activeOption(): ComboboxOption | undefined {
    return this.matching().shown.find(({ value }) => value === this.active);
  }

  private move(steps: number): void {
    this.active = stepTo(this.matching().shown, this.active, steps) ?? this.active;
  }
}

/** The input keeps the focus while the mouse is in the list. */
function keepFocus(event: Event): void {
  event.preventDefault();
}
