import type { Workbench } from './workbench.ts';

/** What a person types into the connect form; what is left out stays as the form proposes it. */
export interface ConnectInput {
  readonly repository: string;
  readonly branch?: string;
  readonly rootFile?: string;
  readonly collectionFolder?: string;
  readonly name?: string;
  readonly localFolder?: string;
}

/** Where the sample's APIs are. */
export const payments: Omit<ConnectInput, 'repository'> = {
  name: 'Payments',
  rootFile: 'apis/payments/openapi.yaml',
};
export const inventory: Omit<ConnectInput, 'repository'> = {
  name: 'Inventory',
  rootFile: 'apis/inventory/openapi.json',
  collectionFolder: 'apis/inventory/collections',
};

/** The folder that the form proposes for the sample's repository. */
export const sampleFolder = 'acme-apis';

/** Opens the connect form and fills it, up to the button. */
export async function fillConnectForm(workbench: Workbench, input: ConnectInput): Promise<void> {
  await workbench.apis.open();
  await workbench.openConnectForm();
  await completeConnectForm(workbench, input);
}

/** Fills the form that is open already. */
export async function completeConnectForm({ connectForm }: Workbench, input: ConnectInput): Promise<void> {
  const fill = async (label: string, text: string | undefined): Promise<void> => {
    if (text === undefined) return;
    await connectForm.field(label).fill(text);
    await connectForm.field(label).press('Tab');
  };
  await fill('Repository', input.repository);
  await connectForm.text(/^Found “/).waitFor();
  await fill('Initial branch', input.branch);
  await fill('Root definition file', input.rootFile);
  await fill('Collection folder', input.collectionFolder);
  await fill('API name', input.name);
  await fill('Local folder', input.localFolder);
}

/** Connects by the form and waits until the API was revealed in the tree, which comes last and takes the focus. */
export async function connectByForm(workbench: Workbench, input: ConnectInput): Promise<void> {
  await fillConnectForm(workbench, input);
  await submitConnectForm(workbench);
  await workbench.statusBar.branchOf(input.name ?? sampleFolder).waitFor();
}

export async function submitConnectForm({ connectForm, page }: Workbench): Promise<void> {
  await connectForm.button('Connect Repository').click();
  await page.getByRole('tab', { name: /^Connect / }).waitFor({ state: 'hidden' });
}
