import { window, type LogOutputChannel } from 'vscode';
import type { Disposable } from '../core/events.ts';
import type { Log } from '../ports/log.ts';
import { redactCredentials } from './redactCredentials.ts';

/** The output channel "API Source Control"; its level follows *Set Log Level…*. */
export class OutputLog implements Log, Disposable {
  private readonly channel: LogOutputChannel;

  constructor(name: string) {
    this.channel = window.createOutputChannel(name, { log: true });
  }

  trace(message: string): void {
    this.channel.trace(redactCredentials(message));
  }

  info(message: string): void {
    this.channel.info(redactCredentials(message));
  }

  warn(message: string): void {
    this.channel.warn(redactCredentials(message));
  }

  error(message: string): void {
    this.channel.error(redactCredentials(message));
  }

  show(): void {
    this.channel.show();
  }

  dispose(): void {
    this.channel.dispose();
  }
}
