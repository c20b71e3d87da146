import { launchBrowser } from '../../workbench/launchBrowser.ts';
import { buildExtension } from '../../workbench/buildExtension.ts';
import { sayWithTime as say } from '../../workbench/say.ts';
import { vscodeServer } from '../../workbench/vscodeServer.ts';

/** Runs once before all end-to-end tests: downloads what is missing, so that no test's time limit pays for it. */
export async function mochaGlobalSetup(): Promise<void> {
  await buildExtension(say);
  await vscodeServer(say);
  await (await launchBrowser(say)).close();
}
