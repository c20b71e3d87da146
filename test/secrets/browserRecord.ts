import type { BrowserContext } from 'playwright-core';
import type { Written } from './written.ts';

type Recorded = Window & { recordWritten?: (where: string, text: string) => void };

/** What pages say on their consoles, to their frames and workers, and to the person, from the start on. */
export class BrowserRecord {
  readonly messages: Written[] = [];
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext) {
    this.#context = context;
  }

  static async of(context: BrowserContext): Promise<BrowserRecord> {
    const record = new BrowserRecord(context);
    const { messages } = record;
    context.on('console', (message) => messages.push({ where: 'console', text: message.text() }));
    await context.exposeBinding('recordWritten', (_source, where: string, text: string) => {
      messages.push({ where, text });
    });
    await context.addInitScript(recordMessages);
    await context.addInitScript(recordNotifications);
    return record;
  }

  /** Local storage, and every database that VS Code keeps in the browser: nothing of it is left out. */
  async storage(origin: string): Promise<readonly Written[]> {
    const page = await this.#context.newPage();
    // Of the same origin, and no workbench.
    await page.goto(`${origin}/version`);
    const written = await page.evaluate(readStorage);
    await page.close();
    return written;
  }
}

/** Runs in every frame: messages to its window, and those that it sends to a port; buffers are the workbench's own protocol. */
function recordMessages(): void {
  const page = {
    record(where: string, data: unknown) {
      if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) return;
      try {
        (window as Recorded).recordWritten?.(where, JSON.stringify(data) ?? '');
      } catch {
        // A message that is no data (a port, a circle) holds nothing to read.
      }
    },
  };
  window.addEventListener('message', ({ data }) => page.record('message to a frame', data));
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (this: MessagePort, ...message: readonly unknown[]) {
    page.record('message to a port', message[0]);
    Reflect.apply(postMessage, this, message);
  };
}

/** Runs in every frame: notifications and dialogs as they are drawn. */
function recordNotifications(): void {
  if (window !== window.top) return;
  const places = '.notification-list-item, .monaco-dialog-box, .monaco-aria-container';
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      if (addedNodes.length === 0 || !(target instanceof Element)) continue;
      const drawn = target.closest(places) ?? target.querySelector(':scope > .monaco-dialog-modal-block');
      if (drawn !== null) (window as Recorded).recordWritten?.('notification', drawn.textContent);
    }
  }).observe(document, { childList: true, subtree: true });
}

/** Runs in a page. */
async function readStorage(): Promise<readonly Written[]> {
  const written = [{ where: 'local storage', text: JSON.stringify({ ...localStorage }) }];
  for (const { name = '' } of await indexedDB.databases()) {
    const opening = indexedDB.open(name);
    await new Promise((resolve, reject) => {
      opening.onsuccess = resolve;
      opening.onerror = reject;
    });
    for (const store of opening.result.objectStoreNames) {
      const reading = opening.result.transaction(store).objectStore(store).getAll();
      await new Promise((resolve, reject) => {
        reading.onsuccess = resolve;
        reading.onerror = reject;
      });
      const text = JSON.stringify(reading.result, (_, value: unknown) =>
        value instanceof Uint8Array ? new TextDecoder().decode(value) : value,
      );
      written.push({ where: `browser database ${name}, ${store}`, text });
    }
    opening.result.close();
  }
  return written;
}
