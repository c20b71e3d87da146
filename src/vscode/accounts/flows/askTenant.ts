import { l10n, window } from 'vscode';

/** As Microsoft Entra takes it in an address: the tenant's id, or one of its domains. */
const tenantPattern = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:[a-z0-9-]+\.)+[a-z]{2,})$/i;

/** The tenant that an organization of Azure DevOps belongs to, in the person's own words; `undefined`: they gave up. */
export async function askTenant(organization: string): Promise<string | undefined> {
  const typed = await window.showInputBox({
    title: l10n.t('Tenant of {0}', organization),
    prompt: l10n.t(
      'The Microsoft Entra tenant to sign in to: its id, or a domain of it. Organization Settings > Microsoft Entra shows it.',
    ),
    placeHolder: 'acme.onmicrosoft.com',
    ignoreFocusOut: true,
    validateInput: (text) =>
      tenantPattern.test(text.trim()) ? undefined : l10n.t('Type an id (8-4-4-4-12 digits) or a domain.'),
  });
  return typed?.trim().toLowerCase();
}
