import { readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import {
  connectByForm,
  fillConnectForm,
  inventory,
  payments,
  sampleFolder,
  submitConnectForm,
} from '../e2e/support/connect.ts';
import { commitFiles, gitShow } from '../e2e/support/git.ts';
import { address } from './stage.ts';
import type { Stage } from './stage.ts';

/** Brings the window into the state of one picture; each scene goes on where the one before ended. */
export interface Scene {
  readonly name: string;
  readonly height: number;
  readonly play: (stage: Stage) => Promise<void>;
}

const schemas = 'apis/payments/components/schemas';
const status = `${schemas}/payment/PaymentStatus.yaml`;
const refund = `${schemas}/refund/Refund.yaml`;
const customer = `${schemas}/customer/Customer.yaml`;

/** In the order of the README. */
export const scenes: readonly Scene[] = [
  { name: 'connect', height: 1130, play: connect },
  { name: 'apis', height: 740, play: apis },
  { name: 'source-control', height: 680, play: sourceControl },
  { name: 'branches', height: 500, play: branches },
];

async function connect({ workbench }: Stage): Promise<void> {
  await fillConnectForm(workbench, { repository: address, ...payments });
  await workbench.connectForm.text(/^1 unresolved reference/).waitFor();
  await workbench.connectForm.button('Connect Repository').focus();
}

async function apis({ workbench }: Stage): Promise<void> {
  await submitConnectForm(workbench);
  await workbench.apis.row(/^Payments\s*main/).waitFor();
  await connectByForm(workbench, { repository: address, ...inventory });
  await workbench.editors.open(`${sampleFolder}/apis/payments/openapi.yaml`);
  await workbench.apis.open();
  for (const row of ['Definition', 'components', 'responses', 'declined.yaml']) await workbench.apis.expand(row);
  for (const row of ['Collections', /^Payments\s*\d+ requests/, 'Refunds']) await workbench.apis.expand(row);
  await workbench.apis.row('Refund a payment').waitFor();
}

/** A pull met an edit of the same line, a teammate was there since, and the rest is ready to be pushed. */
async function sourceControl(stage: Stage): Promise<void> {
  const { apis, page, sourceControl } = stage.workbench;
  await teammate(stage, 'Let a payment be disputed', status, 'refunded, failed', 'refunded, disputed, failed');
  await edit(stage, status, 'refunded, failed', 'partiallyRefunded, refunded, failed');
  await edit(stage, refund, 'requestedByCustomer]', 'requestedByCustomer, goodwill]\n  note:\n    type: string');
  await edit(stage, 'apis/payments/openapi.yaml', 'version: 2.3.0', 'version: 2.4.0');
  await edit(stage, 'apis/inventory/openapi.json', '"version": "1.4.0"', '"version": "1.5.0"');
  await apis.inlineAction(/^Payments\s*main/, /^Pull/);
  await apis.row(/^Payments\s*main.*!1/).waitFor();
  await teammate(
    stage,
    'Let a customer have a phone',
    customer,
    '  address:',
    '  phone:\n    type: string\n  address:',
  );
  await apis.titleAction('Refresh');
  await apis.row(/^Payments\s*main.*↓1/).waitFor();
  await page.locator('.activitybar .progress-badge').filter({ visible: true }).waitFor({ state: 'hidden' });
  await sourceControl.open();
  await sourceControl.row('Refund.yaml').click();
  await page.locator('.monaco-diff-editor .view-line').filter({ hasText: 'goodwill' }).waitFor();
}

async function branches({ workbench }: Stage): Promise<void> {
  await workbench.statusBar.click('main');
  await workbench.quickInput.option('release/2.3').waitFor();
}

async function edit({ folder }: Stage, file: string, from: string, to: string): Promise<void> {
  const local = path.join(folder, sampleFolder, file);
  await writeFile(local, replaced(await readFile(local, 'utf8'), from, to, file));
}

async function teammate({ repository }: Stage, message: string, file: string, from: string, to: string): Promise<void> {
  const text = (await gitShow(repository, 'main', file)).toString();
  await commitFiles(repository, 'main', message, [{ path: file, content: replaced(text, from, to, file) }]);
}

function replaced(text: string, from: string, to: string, file: string): string {
  if (!text.includes(from)) throw new Error(`The scene does not fit the sample: ${file} has no “${from}”`);
  return text.replace(from, to);
}
