import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../workbench/launchBrowser.ts';
import { jane, Rejected } from './form/fakeExtension.ts';
import { bundleForm, type FormBundle } from './form/formBundle.ts';
import { FormPage, type FormPageOptions } from './form/formPage.ts';
import { themeNames } from './form/themes.ts';

const ownerLabel = 'Organization or user';
const ssoTrouble = {
  message: 'The organization of “vault” wants jane on github.com to sign in with its single sign-on first.',
  actions: [
    { id: 'openLink', label: 'Open Page' },
    { id: 'retry', label: 'Retry' },
  ],
};

describe('the connect form on a host with lists, in a browser', () => {
  let browser: Browser;
  let bundle: FormBundle;
  let form: FormPage;

  before(async function () {
    this.timeout(120_000);
    browser = await launchBrowser(() => undefined);
    bundle = await bundleForm();
  });
  after(() => browser.close());
  afterEach(() => form.close());

  async function open(options: FormPageOptions = {}): Promise<FormPage> {
    const setup = { host: 'github', accounts: [jane], ...options.setup };
    form = await FormPage.open(browser, bundle, { ...options, setup });
    return form;
  }

  async function choose(label: string, option: RegExp): Promise<void> {
    await form.box(label).click();
    await form.page.getByRole('option', { name: option }).click();
  }

  it('connects with the mouse, from account to preview', async () => {
    await open();
    assert.equal(await form.box('Account').inputValue(), 'jane — github.com');
    await choose(ownerLabel, /^acme$/);
    await choose('Repository', /^acme\/orders$/);
    await form.settled();
    assert.equal(await form.box('Repository').inputValue(), 'acme/orders');
    await form.button('Connect Repository').click();
    await form.page.waitForFunction(() => document.querySelector('.loading') === null);
    const { host, account, owner, repository, branch } = form.extension.questions('connect')[0]?.input ?? {};
    assert.deepEqual(
      [host, account, owner, repository, branch],
      ['github', 'jane', '17', 'https://github.com/acme/orders', 'main'],
    );
    assert.deepEqual(form.complaints, []);
  });

  it('connects with the keyboard alone', async () => {
    await open();
    const { keyboard } = form.page;
    await form.page.waitForFunction((id) => document.activeElement?.id === id, 'field-owner');
    await keyboard.type('acm');
    await form.page.getByRole('option', { name: 'acme' }).waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    assert.equal(await form.box(ownerLabel).inputValue(), 'acme');
    await keyboard.press('Tab');
    await keyboard.type('acme/orders');
    await keyboard.press('Tab');
    await form.settled();
    assert.equal(form.extension.questions('findRepository')[0]?.address, 'https://github.com/acme/orders');
  });

  it('lets the person sign in where nobody is, and goes on', async () => {
    await open({ setup: { accounts: [] } });
    assert.equal(await form.box('Account').inputValue(), 'Not signed in: public repositories only');
    await form.button('Add Account…').click();
    await form.page.waitForFunction((id) => document.activeElement?.id === id, 'field-owner');
    assert.equal(await form.box('Account').inputValue(), 'jane — github.com');
    await choose(ownerLabel, /^acme$/);
    await form.box('Repository').click();
    await form.page.getByRole('option', { name: 'acme/archive' }).getByText('read only').waitFor();
  });

  it('says why an owner is locked, with the page to go to', async () => {
    await open({
      prepare: ({ handlers }) => {
        handlers.listRepositories = () => Promise.reject(new Rejected(ssoTrouble));
      },
    });
    await choose(ownerLabel, /^vault/);
    await form.page.getByText('wants jane on github.com to sign in').waitFor();
    await form.button('Open Page').click();
    assert.deepEqual(form.extension.questions('act'), [{ action: 'openLink' }]);
  });

  it('says what may be missing instead of showing an empty list', async () => {
    const nothing = (_question: unknown, { part }: { part: (page: readonly never[]) => void }) => {
      part([]);
      return Promise.resolve({ more: false });
    };
    await open({ prepare: ({ handlers }) => (handlers.listOwners = nothing) });
    await form.page.getByText('Nothing is shown to this account').waitFor();
    form.extension.handlers.listRepositories = nothing;
    await form.box(ownerLabel).fill('typed');
    await form.page.keyboard.press('Tab');
    await form.page.getByText('No repository is shown to this account here').waitFor();
  });

  it('empties what was chosen below, and shows no account and owner for plain Git', async () => {
    await open();
    await choose(ownerLabel, /^acme$/);
    await choose('Repository', /^acme\/payments$/);
    await form.settled();
    await choose('Host', /^Git /);
    await form.box('Account').waitFor({ state: 'hidden' });
    assert.equal(await form.box('Repository').inputValue(), '');
    assert.equal(await form.box('Initial branch').inputValue(), '');
    await form.box('Repository').click();
    assert.equal(await form.page.getByRole('option').count(), 2);
  });

  it('shows names of the host as text, whatever they hold', async () => {
    const name = '<img src=x onerror=alert(1)>';
    await open({
      setup: { accounts: [{ ...jane, label: name }] },
      prepare: ({ handlers }) => {
        handlers.listOwners = (_question, { part }) => {
          part([{ id: '1', name, locked: '<b>locked</b>' }]);
          return Promise.resolve({ more: false });
        };
        handlers.listRepositories = (_question, { part }) => {
          part([{ name, address: 'https://github.com/a/b', note: name }]);
          return Promise.resolve({ more: false });
        };
      },
    });
    assert.equal(await form.box('Account').inputValue(), name);
    await choose(ownerLabel, /<img/);
    assert.equal(await form.box(ownerLabel).inputValue(), name);
    await form.box('Repository').click();
    await form.page.getByRole('option', { name: '<img' }).waitFor();
    assert.equal(await form.page.locator('img').count(), 0);
    assert.deepEqual(form.complaints, []);
  });

  for (const theme of themeNames) {
    it(`has nothing that axe objects to: ${theme}`, async () => {
      await open({ theme });
      await choose(ownerLabel, /^acme$/);
      await form.box('Repository').click();
      await form.page.getByRole('option', { name: 'acme/orders' }).waitFor();
      assert.deepEqual(await form.violations(), []);
    });
  }

  it('fits into 320 pixels', async () => {
    const long = 'a-very-long-organization-name-without-any-place-to-break-it';
    await open({ width: 320, setup: { accounts: [{ ...jane, label: `${long} — ghe.${long}.example` }] } });
    await choose(ownerLabel, /^acme$/);
    await form.box('Repository').click();
    const overflow = await form.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    assert.equal(overflow, false);
  });
});
