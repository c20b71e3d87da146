import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../workbench/launchBrowser.ts';
import { Rejected, signInTrouble } from './form/fakeExtension.ts';
import { bundleForm, type FormBundle } from './form/formBundle.ts';
import { FormPage, type FormPageOptions } from './form/formPage.ts';
import { themeNames } from './form/themes.ts';

const address = 'https://git.acme.example/apis/payments.git';

describe('the connect form in a browser', () => {
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
    form = await FormPage.open(browser, bundle, options);
    return form;
  }

  it('connects with the mouse', async () => {
    await open();
    await form.box('Repository').click();
    await form.page.getByRole('option', { name: /orders\.git/ }).click();
    await form.settled();
    await form.box('Initial branch').click();
    await form.page.getByRole('option', { name: 'develop' }).click();
    await form.settled();
    await form.button('Connect Repository').click();
    await form.page.waitForFunction(() => document.querySelector('.loading') === null);
    assert.deepEqual(form.extension.questions('connect')[0]?.input, {
      workspaceFolder: 'file:///work/shop',
      name: 'payments',
      host: 'git',
      account: '',
      owner: '',
      repository: '/srv/git/orders.git',
      branch: 'develop',
      rootFile: 'openapi/payments.yaml',
      collectionFolder: 'postman/collections',
      localFolder: 'payments',
    });
    assert.deepEqual(form.complaints, []);
  });

  it('connects with the keyboard alone', async () => {
    await open();
    const { keyboard } = form.page;
    await keyboard.type(address);
    await keyboard.press('Tab');
    await form.settled();
    await keyboard.type('feat');
    await form.page.getByRole('option', { name: 'feature/refunds' }).waitFor({ state: 'hidden' });
    await keyboard.press('ControlOrMeta+A');
    await keyboard.type('refu');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    assert.equal(await form.box('Initial branch').inputValue(), 'feature/refunds');
    await keyboard.press('Tab');
    await keyboard.press('ArrowDown');
    await form.page.getByRole('option', { name: 'legacy/swagger.json' }).waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    assert.equal(await form.box('Root definition file').inputValue(), 'legacy/swagger.json');
    await form.settled();
    await keyboard.press('Enter');
    await form.page.waitForFunction(() => document.querySelector('.submission .loading') === null);
    const { branch, rootFile } = form.extension.questions('connect')[0]?.input ?? {};
    assert.deepEqual([branch, rootFile], ['feature/refunds', 'legacy/swagger.json']);
  });

  it('fills a list that is open already, from the choice that stands', async () => {
    let answer: (() => void) | undefined;
    await open({
      prepare: ({ handlers }) => {
        const read = handlers.branchContents;
        handlers.branchContents = async (question, circumstances) => {
          if (question.branch === 'develop') await new Promise<void>((resolve) => (answer = resolve));
          return read(question, circumstances);
        };
      },
    });
    await form.chooseRepository(address);
    await form.box('Initial branch').fill('develop');
    await form.page.keyboard.press('Tab');
    const rootFile = form.box('Root definition file');
    await rootFile.press('ArrowDown');
    await rootFile.press('ArrowDown');
    await form.page.locator('.popup').getByText('Looking for definitions').waitFor();
    answer?.();
    await form.page.getByRole('option', { name: 'openapi/payments.yaml', selected: true }).waitFor();
    await rootFile.press('ArrowDown');
    await rootFile.press('Enter');
    assert.equal(await rootFile.inputValue(), 'legacy/swagger.json');
  });

  it('closes a list with Escape and keeps what was typed', async () => {
    await open();
    await form.chooseRepository(address);
    const branch = form.box('Initial branch');
    await branch.fill('dev');
    assert.equal(await branch.getAttribute('aria-expanded'), 'true');
    assert.equal(await form.page.getByRole('option').count(), 1);
    await branch.press('Escape');
    assert.equal(await branch.getAttribute('aria-expanded'), 'false');
    assert.equal(await branch.inputValue(), 'dev');
  });

  it('names the active option to a screen reader', async () => {
    await open();
    await form.chooseRepository(address);
    const branch = form.box('Initial branch');
    await branch.press('ArrowDown');
    await branch.press('ArrowDown');
    const active = await branch.getAttribute('aria-activedescendant');
    assert.match(await form.page.locator(`#${active ?? ''}`).innerText(), /develop/);
    const list = await branch.getAttribute('aria-controls');
    assert.equal(await form.page.locator(`#${list ?? ''}`).getAttribute('role'), 'listbox');
  });

  it('a box without free text goes back to what it was', async () => {
    await open();
    await form.box('Host').fill('cvs');
    await form.page.getByText('Nothing matches.').waitFor();
    await form.page.keyboard.press('Tab');
    assert.equal(await form.box('Host').inputValue(), 'Git (any remote)');
  });

  it('leads to the first field that is wrong and says why', async () => {
    await open({
      prepare: ({ handlers }) => {
        handlers.connect = () =>
          Promise.resolve([
            { field: 'localFolder', message: 'This folder holds another repository already.' },
            { field: 'branch', message: 'The repository has no branch of that name.' },
          ]);
      },
    });
    await form.chooseRepository(address);
    await form.button('Connect Repository').click();
    const branch = form.box('Initial branch');
    await form.page.waitForFunction((id) => document.activeElement?.id === id, await branch.getAttribute('id'));
    assert.equal(await branch.getAttribute('aria-invalid'), 'true');
    const described = (await branch.getAttribute('aria-describedby'))?.split(' ') ?? [];
    const words = await Promise.all(described.map((id) => form.page.locator(`#${id}`).innerText()));
    assert.match(words.join(' '), /no branch of that name/);
  });

  it('keeps the focus while it connects, and takes no change then', async () => {
    await open({ prepare: ({ handlers }) => (handlers.connect = () => new Promise(() => undefined)) });
    await form.chooseRepository(address);
    const branch = form.box('Initial branch');
    await branch.press('Enter');
    await form.page.getByText('Connecting…').waitFor();
    await form.page.keyboard.type('x');
    await form.page.keyboard.press('ArrowDown');
    assert.equal(await branch.evaluate((input) => input === document.activeElement), true);
    assert.equal(await branch.inputValue(), 'main');
    assert.equal(await form.page.getByRole('option').count(), 0);
  });

  it('shows a failed sign-in at its field and tries again in place', async () => {
    await open({
      prepare: ({ handlers }) => {
        const find = handlers.findRepository;
        handlers.findRepository = () => {
          handlers.findRepository = find;
          return Promise.reject(new Rejected(signInTrouble));
        };
      },
    });
    await form.box('Repository').fill(address);
    await form.page.keyboard.press('Tab');
    await form.page.getByText('asks for a sign-in').waitFor();
    await form.button('Show Log').click();
    await form.button('Retry').click();
    await form.settled();
    assert.deepEqual(form.extension.questions('act'), [{ action: 'showLog' }]);
    assert.deepEqual(
      form.extension.questions('findRepository').map(({ interactive }) => interactive),
      [true, true],
    );
  });

  it('keeps what was typed through a reload, and asks for the lists again', async () => {
    await open();
    await form.text('API name').fill('Money');
    await form.chooseRepository(address);
    await form.box('Initial branch').fill('develop');
    await form.page.reload();
    await form.settled();
    assert.equal(await form.text('API name').inputValue(), 'Money');
    assert.equal(await form.box('Initial branch').inputValue(), 'develop');
    assert.equal(form.extension.questions('findRepository').at(-1)?.interactive, false);
  });

  it('shows names of the repository as text, whatever they hold', async () => {
    const name = '<img src=x onerror=alert(1)>';
    await open({
      prepare: ({ handlers }) => {
        handlers.listBranches = (_question, { part }) => {
          part([{ name, note: '<b>note</b>' }]);
          return Promise.resolve({ more: false });
        };
      },
    });
    await form.chooseRepository(address);
    await form.box('Initial branch').fill('img');
    assert.equal(await form.page.getByRole('option').innerText(), `${name}\n<b>note</b>`);
    assert.equal(await form.page.locator('img').count(), 0);
    assert.deepEqual(form.complaints, []);
  });

  it('shows a part of very long lists, and says so', async () => {
    await open({
      prepare: ({ handlers }) => {
        handlers.listBranches = (_question, { part }) => {
          part(Array.from({ length: 450 }, (_, index) => ({ name: `topic-${index}`, note: '' })));
          return Promise.resolve({ more: false });
        };
      },
    });
    await form.chooseRepository(address);
    await form.box('Initial branch').fill('topic');
    assert.equal(await form.page.getByRole('option').count(), 200);
    await form.page.getByText('Not shown: 250.').waitFor();
    await form.box('Initial branch').fill('topic-44');
    assert.equal(await form.page.getByRole('option').count(), 11);
  });

  it('offers workspace folders when there are several, and the name of an API that exists', async () => {
    const folders = ['shop', 'bank'].map((name) => ({ uri: `file:///work/${name}`, name }));
    await open({ setup: { workspaceFolders: folders } });
    await form.box('Workspace folder').click();
    await form.page.getByRole('option', { name: 'bank' }).click();
    await form.chooseRepository(address);
    assert.equal(form.extension.questions('findRepository')[0]?.workspaceFolder, 'file:///work/bank');
    await form.close();

    const target = {
      key: 'file:///work/shop#1',
      name: 'Orders',
      workspaceFolder: 'file:///work/shop',
      localFolder: 'orders',
      rootFile: '',
      collectionFolder: 'postman/collections',
    };
    await open({ setup: { workspaceFolders: folders, target } });
    await form.page.getByRole('heading', { name: 'Connect “Orders” to a Repository' }).waitFor();
    assert.equal(await form.text('API name').count(), 0);
    assert.equal(await form.text('Local folder').inputValue(), 'orders');
  });

  for (const theme of themeNames) {
    it(`has nothing that axe objects to: ${theme}`, async () => {
      await open({
        theme,
        prepare: ({ handlers }) => {
          handlers.connect = () => Promise.resolve([{ field: 'branch', message: 'No such branch.' }]);
        },
      });
      assert.deepEqual(await form.violations(), []);
      await form.chooseRepository(address);
      await form.button('Connect Repository').click();
      await form.page.getByText('No such branch.').waitFor();
      await form.box('Initial branch').press('ArrowDown');
      assert.deepEqual(await form.violations(), []);
    });
  }

  for (const [what, width, zoom] of [
    ['320 pixels', 320, 1],
    ['a zoom of 200 %', 640, 2],
  ] as const) {
    it(`fits into ${what}`, async () => {
      await open({ width });
      // What VS Code does when it zooms: everything grows, the window does not.
      await form.page.evaluate((factor) => document.documentElement.style.setProperty('zoom', String(factor)), zoom);
      await form.chooseRepository(
        'https://git.acme.example/a-very-long-group-name/another-one/payments-and-orders.git',
      );
      await form.box('Root definition file').press('ArrowDown');
      const overflow = await form.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      assert.equal(overflow, false);
    });
  }

  it('turns nothing for people who want no motion', async () => {
    await open({ prepare: ({ handlers }) => (handlers.findRepository = () => new Promise(() => undefined)) });
    await form.page.emulateMedia({ reducedMotion: 'reduce' });
    await form.box('Repository').fill(address);
    await form.page.keyboard.press('Tab');
    await form.page.getByText('Looking for the repository').waitFor();
    const animation = await form.page.locator('.turning').evaluate((icon) => getComputedStyle(icon).animationName);
    assert.equal(animation, 'none');
  });
});
