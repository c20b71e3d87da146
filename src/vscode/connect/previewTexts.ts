import { l10n } from 'vscode';
import type { ConnectPreview } from '../../app/connectRequest.ts';
import type { ReferenceProblem } from '../../core/definition/definition.ts';
import type { FormPreview, PreviewRow } from '../../protocol/connectMessages.ts';

/** A preview is read at a glance; the Problems panel has the rest once it is connected. */
const mostDetails = 5;

/** What connecting would bring, a line each; nothing that is not there is mentioned. */
export function previewRows(preview: ConnectPreview): readonly PreviewRow[] {
  const { collections, unresolved, outside, collisions } = preview;
  const rows: PreviewRow[] = [
    { kind: 'files', icon: 'file-code', text: filesText(preview), details: [] },
    { kind: 'collections', icon: 'library', text: collectionsText(collections), details: [] },
  ];
  if (unresolved.length > 0) {
    const text =
      unresolved.length === 1
        ? l10n.t('1 unresolved reference: nothing in the repository answers it')
        : l10n.t('{0} unresolved references: nothing in the repository answers them', unresolved.length);
    rows.push({ kind: 'unresolved', icon: 'warning', text, details: shorten(unresolved.map(referenceText)) });
  }
  if (outside.length > 0) {
    const text =
      outside.length === 1
        ? l10n.t('1 reference leads out of the repository and is left as it is')
        : l10n.t('{0} references lead out of the repository and are left as they are', outside.length);
    rows.push({ kind: 'outside', icon: 'link-external', text, details: shorten(outside.map(referenceText)) });
  }
  if (collisions.length > 0) {
    const text =
      collisions.length === 1
        ? l10n.t('1 file is there already with other contents: you decide later, nothing is overwritten')
        : l10n.t(
            '{0} files are there already with other contents: you decide later, nothing is overwritten',
            collisions.length,
          );
    rows.push({ kind: 'collisions', icon: 'warning', text, details: shorten(collisions) });
  }
  return rows;
}

/** Two APIs may share a folder; what is proposed keeps them apart with one click. */
export function collectionFolderProposal({ sharedCollectionFolder }: ConnectPreview): FormPreview['proposal'] {
  if (sharedCollectionFolder === undefined) return undefined;
  const { api, proposal } = sharedCollectionFolder;
  return {
    text: l10n.t('“{0}” keeps its collections in that folder too, so both would show the same ones.', api),
    label: l10n.t('Use {0}', proposal),
    collectionFolder: proposal,
  };
}

function filesText({ rootFiles, dependentFiles }: ConnectPreview): string {
  if (rootFiles === 0) return l10n.t('No definition yet: you can add it later');
  if (dependentFiles === 0) return l10n.t('1 root file, which references no other file');
  return dependentFiles === 1
    ? l10n.t('1 root file, 1 dependent file')
    : l10n.t('1 root file, {0} dependent files', dependentFiles);
}

function collectionsText(count: number): string {
  if (count === 0) return l10n.t('No collection yet');
  return count === 1 ? l10n.t('1 collection') : l10n.t('{0} collections', count);
}

/** `openapi/api.yaml:12 → schemas/Missing.yaml`, the same in every language. */
function referenceText({ from, range, target }: ReferenceProblem): string {
  return `${from}:${range.line + 1} → ${target}`;
}

function shorten(details: readonly string[]): readonly string[] {
  const rest = details.length - mostDetails;
  return rest <= 0 ? details : [...details.slice(0, mostDetails), l10n.t('and {0} more', rest)];
}
