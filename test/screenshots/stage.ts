import { appendFile, mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { git } from '../e2e/support/git.ts';
import { Session } from '../e2e/support/session.ts';
import type { Workbench } from '../e2e/support/workbench.ts';

/** Where people think the sample's repository is: a picture shows no path of the machine that took it. */
export const address = 'https://git.acme.example/acme-apis.git';

/** What the pictures are taken of: a window on a folder with a name that a company could give it. */
export interface Stage {
  readonly session: Session;
  readonly workbench: Workbench;
  readonly folder: string;
  /** The bare repository behind the address. */
  readonly repository: string;
}

const settings = {
  'workbench.colorTheme': 'Default Light Modern',
  'window.customTitleBarVisibility': 'never',
  'workbench.layoutControl.enabled': false,
  'window.menuBarVisibility': 'hidden',
  'window.titleBarStyle': 'native',
  'editor.minimap.enabled': false,
  'editor.fontSize': 12,
  'diffEditor.renderGutterMenu': false,
};

/** What only a VS Code in a browser has: forwarded ports and the keyboard's layout. */
const hidden = ['forwardedPorts', 'host', 'workbench.keyboardLayout']
  .map((name) => `[id="status.${name}"] { display: none !important; }`)
  .join('\n');

/** Branches that a repository of more than two people has. */
const branches = ['feature/disputes', 'feature/refund-notes', 'release/2.3'];

/** Puts the sample on the stage, with the extension of that folder; the caller ends the session. */
export async function setStage(extension: string): Promise<Stage> {
  const session = await Session.start({ settings, extension });
  const { repository } = session.sample;
  for (const branch of branches) await git(repository, 'branch', branch, 'main');
  const redirect = `[url "${repository}"]\n\tinsteadOf = ${address}\n`;
  await appendFile(path.join(session.folder, 'gitconfig'), redirect);
  const folder = path.join(session.folder, 'acme');
  await mkdir(folder);
  const workbench = await session.open(folder);
  await workbench.page.addStyleTag({ content: hidden });
  await widenSideBar(workbench, 400);
  return { session, workbench, folder, repository };
}

async function widenSideBar({ page, apis }: Workbench, width: number): Promise<void> {
  await apis.open();
  const bar = await apis.container.boundingBox();
  if (bar === null) throw new Error('The side bar is not shown');
  const [edge, middle] = [bar.x + bar.width, bar.y + bar.height / 2];
  await page.mouse.move(edge, middle);
  await page.mouse.down();
  await page.mouse.move(edge + width - bar.width, middle, { steps: 5 });
  await page.mouse.up();
}
