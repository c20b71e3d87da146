import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { SampleHost } from '../../sample/hosts/sampleHost.ts';
import type { Workbench } from './workbench.ts';

/** *Sign In…* from the beginning: host and server, up to the ways in. */
export async function startSigningIn(workbench: Workbench, host: SampleHost): Promise<void> {
  await workbench.runCommand('APIs: Sign In…');
  await workbench.quickInput.waitForTitle('(1/');
  await workbench.quickInput.choose(host.label);
  await workbench.quickInput.waitForTitle('(2/');
  await workbench.quickInput.type(host.server);
  await workbench.quickInput.choose('use this server');
}

/** The page of the host that `work` opens, at the host itself: this workbench leads there by an address of its own. */
export async function hostPage(workbench: Workbench, work: () => Promise<void>): Promise<Page> {
  const [page] = await Promise.all([workbench.page.context().waitForEvent('page'), work()]);
  await page.waitForURL(/^http/);
  const url = new URL(page.url());
  const [, port = '', rest = ''] = /^\/proxy\/(\d+)(\/.*)$/.exec(url.pathname) ?? [];
  if (port !== '') await page.goto(`http://127.0.0.1:${port}${rest}${withWholeRedirect(url.search)}`);
  return page;
}

/** That address of its own takes the address within the query apart: put together as it was sent. */
function withWholeRedirect(search: string): string {
  return search.replace(/(?<=[?&]redirect_uri=)http.*?(?=&response_type=|$)/, (apart) =>
    encodeURIComponent(decodeURIComponent(apart).replace('%3F', '?')),
  );
}

/** What a person does on the host's page: yes, and the way back into VS Code. */
export async function authorize(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Authorize' }).click();
  // VS Code's own page closes itself, or says that one can.
  await page.waitForURL(/\/callback\?/).catch((error: unknown) => assert.ok(page.isClosed(), String(error)));
}
