import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { Page } from 'playwright-core';

/** Something that was written somewhere, and where. */
export interface Written {
  readonly where: string;
  readonly text: string;
}

/** Every place that holds one of the secrets, as it is or as it travels. */
export function findSecrets(written: readonly Written[], secrets: readonly string[]): readonly string[] {
  const forms = secrets.flatMap(formsOf);
  return written.flatMap(({ where, text }) =>
    forms.filter(({ form }) => text.includes(form)).map(({ kind, start }) => `${where}: ${start}… (${kind})`),
  );
}

/** Every file below a folder, byte for byte. */
export async function writtenFiles(folder: string): Promise<readonly Written[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => ({ where: file, text: (await readFile(file)).toString('latin1') })));
}

/** The arguments of every process that runs now. */
export function processArguments(): Written {
  return { where: 'process arguments', text: execFileSync('ps', ['-eww', '-o', 'args=']).toString('latin1') };
}

/** What a browser page says on its console and to other frames, from its next load on. */
export async function recordPage(page: Page, written: Written[]): Promise<void> {
  page.on('console', (message) => written.push({ where: 'console', text: message.text() }));
  await page.exposeBinding('recordMessage', (_source, text: string) => {
    written.push({ where: 'message between frames', text });
  });
  await page.addInitScript(() => {
    window.addEventListener('message', ({ data }) => {
      try {
        const { recordMessage } = window as unknown as { recordMessage?: (text: string) => void };
        recordMessage?.(JSON.stringify(data));
      } catch {
        // A message that is no data (a port) holds nothing to read.
      }
    });
  });
}

/** Local storage, and every database that VS Code keeps in the browser. */
export async function browserStorage(page: Page): Promise<Written> {
  const text = await page.evaluate(async () => {
    const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
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
        texts.push(
          JSON.stringify(reading.result, (_, value: unknown) =>
            value instanceof Uint8Array ? new TextDecoder().decode(value) : value,
          ),
        );
      }
      opening.result.close();
    }
    return texts.join('\n');
  });
  return { where: 'browser storage', text };
}

function formsOf(secret: string): readonly { readonly form: string; readonly kind: string; readonly start: string }[] {
  const start = secret.slice(0, 4);
  const encoded = encodeURIComponent(secret);
  return [
    { form: secret, kind: 'as it is', start },
    ...(encoded === secret ? [] : [{ form: encoded, kind: 'in an address', start }]),
    ...[0, 1, 2].map((offset) => ({ form: base64At(secret, offset), kind: 'base64', start })),
  ];
}

/** What base64 makes of it after so many other bytes (`user:`), without the ends that the others have a part in. */
function base64At(secret: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
  return whole.slice(offset === 0 ? 0 : 4);
}
