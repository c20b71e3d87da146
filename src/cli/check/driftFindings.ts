import { findDrift, type StandingRequest } from '../../core/collection/drift.ts';
import { readRequests } from '../../core/collection/readRequests.ts';
import { anyMethod, readOperations, type Operation, type Operations } from '../../core/definition/operations.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import { filesHere, type Looked } from './definitionFindings.ts';
import type { FilePlaces } from './filePlaces.ts';
import type { Finding } from './finding.ts';

/** An API with what it answers; `undefined`: nobody can tell, since it is no OpenAPI definition or a broken one. */
export interface Answering {
  readonly looked: Looked;
  readonly operations: Operations | undefined;
}

export interface DriftReport {
  readonly findings: readonly Finding[];
  readonly requests: number;
}

/** What the definition answers. */
export async function operationsOf({ api, survey, files }: Looked): Promise<Operations | undefined> {
  const root = api.rootFile;
  if (root === undefined || survey.definition.type?.format !== 'openapi') return undefined;
  const here = new Set(filesHere(survey));
  return readOperations(root, { has: (path) => here.has(path), read: (path) => files.read(path) });
}

/**
 * How an API's collections and its definition have drifted apart. APIs that share a collection answer it together.
 */
export async function driftFindings(
  { looked, operations }: Answering,
  all: readonly Answering[],
  places: FilePlaces,
  isStrict: boolean,
): Promise<DriftReport> {
  const { api, survey, files } = looked;
  const findings: Finding[] = [];
  const covered = new Set<Operation>();
  let requests = 0;
  for (const { path } of survey.collections) {
    const bytes = await files.read(path);
    const definition = together(all.filter((other) => holds(other, places.nameOf(api.folder, path), places)));
    if (bytes === undefined) continue;
    const collection = readRequests(bytes);
    requests += collection.requests.length;
    if (definition === undefined) continue;
    const drift = findDrift(definition, collection);
    for (const operation of drift.covered) covered.add(operation);
    for (const each of drift.requests) findings.push(...ofRequest(each, api.folder, path, places));
  }
  if (requests === 0) return { findings, requests };
  const severity = isStrict ? 'error' : 'note';
  for (const operation of operations?.operations ?? []) {
    if (covered.has(operation) || operation.method === anyMethod) continue;
    const message = `${operation.method} ${operation.path}: no request of a collection asks for this operation.`;
    const place = [api.folder, operation.file, operation.range] as const;
    findings.push(places.finding('uncoveredOperation', place, message, severity));
  }
  return { findings, requests };
}

function holds({ looked: { api, survey } }: Answering, name: string, places: FilePlaces): boolean {
  return survey.collections.some(({ path }) => places.nameOf(api.folder, path) === name);
}

/** `undefined` as soon as one of them cannot tell. */
function together(sharing: readonly Answering[]): Operations | undefined {
  const known = sharing.flatMap(({ operations }) => operations ?? []);
  if (known.length < sharing.length) return undefined;
  return {
    operations: known.flatMap(({ operations }) => operations),
    hosts: new Set(known.flatMap(({ hosts }) => [...hosts])),
  };
}

function ofRequest(
  { request, standing }: StandingRequest,
  folder: string,
  path: RepoPath,
  places: FilePlaces,
): readonly Finding[] {
  const place = [folder, path, request.range] as const;
  const name = shownName(request.name);
  const what = `${request.method} ${shown(request.url)} (${name})`;
  switch (standing) {
    case 'answered':
      return [];
    case 'unanswered':
      return [
        places.finding('unansweredRequest', place, `${what}: no operation of the definition answers this request.`),
      ];
    case 'elsewhere':
      return [places.finding('foreignRequest', place, `${what}: this goes to no server of the definition.`, 'note')];
    case 'unknown':
      return [places.finding('unaddressedRequest', place, `${name}: this request has no address yet.`, 'note')];
  }
}

/** A query and a user name may hold secrets, and a log is read by many. */
function shown(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/\/\/[^/@\s]*@/g, '//');
}

/** Until somebody gives it another, a request's name is its address. */
function shownName(name: string): string {
  return name
    .split(' ')
    .map((word) => (word.includes('/') ? shown(word) : word))
    .join(' ');
}
