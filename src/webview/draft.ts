import { parseFormInput } from '../protocol/parseFromForm.ts';
import type { FormField, FormSetup } from '../protocol/connectMessages.ts';
import { fieldOrder, type FormState } from './formState.ts';

/** What survives a reload: what the person typed, never a list. VS Code keeps it. */
export interface Draft {
  /** The API it was meant for; `null`: a new one. */
  readonly target: string | null;
  readonly input: FormState['input'];
  readonly touched: readonly FormField[];
}

export function draftOf({ setup, input, touched }: FormState): Draft {
  const kept = { ...input, repository: withoutSecret(input.repository) };
  return { target: setup.target?.key ?? null, input: kept, touched: [...touched] };
}

/** A password or token that was typed into an address is not kept; a bare user name of ssh is. */
function withoutSecret(address: string): string {
  return address.replace(/^(https?:\/\/)[^/]*@/i, '$1').replace(/^([a-z][a-z0-9+.-]*:\/\/[^/:@]*):[^/]*@/i, '$1@');
}

/** Reads a draft back, unless it is of another API, of an older form, or of a folder that is gone. */
export function restoreDraft(kept: unknown, setup: FormSetup): Pick<FormState, 'input' | 'touched'> | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { target, input: rawInput, touched } = kept as Record<string, unknown>;
  const input = parseFormInput(rawInput);
  if (input === undefined || !Array.isArray(touched) || target !== (setup.target?.key ?? null)) return undefined;
  if (!setup.workspaceFolders.some(({ uri }) => uri === input.workspaceFolder)) return undefined;
  if (!setup.hosts.some(({ id }) => id === input.host)) return undefined;
  return { input, touched: new Set(fieldOrder.filter((field) => touched.includes(field))) };
}
