import type { Disposable } from '../core/events.ts';
import { createUseCases } from './createUseCases.ts';
import type { EnginePorts } from './enginePorts.ts';
import { LoadApis } from './loadApis.ts';
import type { UseCases } from './useCases.ts';

export interface Engine extends Disposable {
  readonly useCases: UseCases;
  /** Reads every `apis.json`; from then on the store follows them. */
  start(): Promise<void>;
}

/** Puts the parts of the engine together. */
export function createEngine(ports: EnginePorts): Engine {
  const load = new LoadApis(ports.workspace, ports.personal, ports.store);
  return {
    useCases: createUseCases(ports, load),
    start: () => load.run(),
    dispose: () => load.dispose(),
  };
}
