import { NobodyToAsk } from '../engine/nobodyToAsk.ts';
import type { FoundCheckout } from '../engine/connectedHere.ts';
import { openEngine } from '../engine/openEngine.ts';
import { operationContext } from '../engine/operationContext.ts';
import { openFolder } from '../openFolder.ts';
import type { Request } from '../parseArguments.ts';
import { exitCodes, type ExitCode, type Shell } from '../shell.ts';
import { apisFileLines } from '../texts/apisFileLines.ts';
import { apiStatus, type ApiStatus } from './apiStatus.ts';
import { statusLines } from './statusLines.ts';

/** `api-source-control status`. Being offline is ordinary: only what cannot be looked at at all is a failure. */
export async function runStatus(request: Extract<Request, { command: 'status' }>, shell: Shell): Promise<ExitCode> {
  const folder = await openFolder(shell.cwd, request);
  const { useCases, store, checkouts } = await openEngine(folder, shell, new NobodyToAsk());
  // Before our own look, which may take a folder for a moment.
  const working = await workingOn(checkouts);
  await useCases.lookAll(operationContext(shell));
  const nodes = store.apis.filter(({ api }) => folder.isWanted(api));
  const statuses = nodes.map((node) => apiStatus(node, working.get(node.api.id)));
  const problems = apisFileLines(folder);
  if (request.format === 'json') shell.out(JSON.stringify({ apis: statuses, problems }, undefined, 2));
  else for (const line of statusLines(statuses)) shell.out(line);
  for (const line of problems) shell.err(line);
  const isWhole =
    problems.length === 0 && nodes.every(({ state, sync }) => state !== 'connected' || sync !== undefined);
  return isWhole ? exitCodes.ok : exitCodes.unable;
}

async function workingOn(checkouts: readonly FoundCheckout[]): Promise<ReadonlyMap<string, ApiStatus['working']>> {
  const working = new Map<string, ApiStatus['working']>();
  for (const { api, storage } of checkouts) {
    const holder = await storage.lease.holder();
    if (holder === undefined || holder.hasEnded) continue;
    const { operation, since, machine } = holder;
    working.set(api.id, { operation, since, machine });
  }
  return working;
}
