import assert from 'node:assert/strict';
import { useSession } from './support/useSession.ts';

describe('A fresh VS Code with the extension', () => {
  const session = useSession();

  it('shows the APIs view, which says how to begin', async () => {
    const workbench = await session().open();
    await workbench.apis.open();
    await workbench.apis.welcome.getByText('Connect Repository').first().waitFor();
    await workbench.screenshot('apis-view-empty');
    assert.deepEqual(await workbench.notifications.texts(), []);
  });
});
