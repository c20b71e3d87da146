import type { Disposable } from '../../core/events.ts';
import type { BackupServices } from '../backup/restoreFlow.ts';
import { registerCommands } from './registerCommands.ts';
import type { Targets } from './targets.ts';

/** What was given up by name, had again long after its message is gone. */
export class BackupCommands implements Disposable {
  private readonly registration: Disposable;

  constructor(
    private readonly targets: Targets,
    private readonly services: BackupServices,
  ) {
    this.registration = registerCommands({ restoreBackup: (...args) => this.restore(args) });
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async restore(args: readonly unknown[]): Promise<void> {
    const { RestoreFlow } = await import('../backup/restoreFlow.ts');
    await new RestoreFlow(this.services).run(this.targets.named(args));
  }
}
