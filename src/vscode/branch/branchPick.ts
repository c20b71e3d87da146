import {
  l10n,
  QuickPickItemKind,
  ThemeIcon,
  window,
  type QuickInputButton,
  type QuickPick,
  type QuickPickItem,
} from 'vscode';
import { DisposableStore } from '../../core/events.ts';
import { Failure } from '../../core/errors.ts';
import type { Branch } from '../../core/model/repository.ts';
import { describeFailure } from '../messages.ts';

export interface BranchPickOptions {
  readonly title: string;
  readonly placeholder: string;
  readonly current: string;
  /** Whether *Create new branch…* is offered on top. */
  readonly offerNew?: boolean;
  /** Whether branches that others do not depend on have a button that deletes them, or what waits on them. */
  readonly offerDelete?: boolean;
  /** Branch → files that wait on it. Such a branch is offered even when it is gone. */
  readonly parked?: ReadonlyMap<string, number>;
  readonly list: (query: string, signal: AbortSignal) => AsyncIterable<readonly Branch[]>;
}

/** `name` of `new` is what was typed so far. */
export type PickedBranch = { readonly kind: 'branch' | 'new' | 'delete'; readonly name: string };

interface BranchItem extends QuickPickItem {
  readonly choice?: PickedBranch['kind'];
  readonly name?: string;
}

/** Searches the branches as a person types; a newer search ends the older one. */
export function pickBranch(options: BranchPickOptions): Promise<PickedBranch | undefined> {
  const owned = new DisposableStore();
  const pick = owned.add(window.createQuickPick<BranchItem>());
  pick.title = options.title;
  pick.placeholder = options.placeholder;
  pick.matchOnDescription = true;
  pick.keepScrollPosition = true;
  const search = new BranchSearch(pick, options);
  owned.add({ dispose: () => search.stop() });
  return new Promise<PickedBranch | undefined>((resolve) => {
    owned.add(pick.onDidChangeValue((value) => search.start(value)));
    owned.add(
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        if (item?.choice === undefined) return;
        resolve({ kind: item.choice, name: item.name ?? pick.value.trim() });
        pick.hide();
      }),
    );
    owned.add(
      pick.onDidTriggerItemButton(({ item }) => {
        if (item.name === undefined) return;
        resolve({ kind: 'delete', name: item.name });
        pick.hide();
      }),
    );
    owned.add(
      pick.onDidHide(() => {
        resolve(undefined);
        owned.dispose();
      }),
    );
    search.start('');
    pick.show();
  });
}

class BranchSearch {
  private readonly found = new Map<string, Branch>();
  private controller = new AbortController();
  private trouble: string | undefined;
  /** Whether the whole list was seen: what is not in it is not in the repository. */
  private sawAll = false;

  constructor(
    private readonly pick: QuickPick<BranchItem>,
    private readonly options: BranchPickOptions,
  ) {}

  start(query: string): void {
    this.stop();
    this.controller = new AbortController();
    this.trouble = undefined;
    void this.run(query, this.controller.signal);
  }

  stop(): void {
    this.controller.abort();
  }

  private async run(query: string, signal: AbortSignal): Promise<void> {
    this.pick.busy = true;
    this.show();
    try {
      for await (const page of this.options.list(query, signal)) {
        if (signal.aborted) return;
        for (const branch of page) this.found.set(branch.name, branch);
        this.show();
      }
    } catch (error) {
      if (signal.aborted || Failure.is(error, 'cancelled')) return;
      this.trouble = error instanceof Failure ? describeFailure(error).message : String(error);
      this.show();
    }
    if (signal.aborted) return;
    if (query === '' && this.trouble === undefined) {
      this.sawAll = true;
      this.show();
    }
    this.pick.busy = false;
  }

  /** What was found by an older search stays: VS Code itself narrows the list by what is typed. */
  private show(): void {
    const active = this.pick.activeItems[0]?.name;
    const branches = sortBranches([...this.found.values()], this.options.current);
    const gone = [...(this.options.parked?.keys() ?? [])].filter((name) => !this.found.has(name));
    this.pick.items = [
      ...(this.options.offerNew === true ? [newBranchItem()] : []),
      ...(this.trouble === undefined ? [] : [troubleItem(this.trouble)]),
      ...(branches.length + gone.length > 0 ? [separator()] : []),
      ...branches.map((branch) => branchItem(branch, this.options)),
      ...gone.map((name) => branchItem({ name, isDefault: false, isGone: this.sawAll }, this.options)),
    ];
    const again = this.pick.items.find(({ name }) => name !== undefined && name === active);
    if (again !== undefined) this.pick.activeItems = [again];
  }
}

function sortBranches(branches: Branch[], current: string): Branch[] {
  const rank = ({ name, isDefault }: Branch): number => (name === current ? 0 : isDefault ? 1 : 2);
  return branches.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

type ListedBranch = Omit<Branch, 'head'> & { readonly isGone?: boolean };

function branchItem({ name, isDefault, isProtected, isGone }: ListedBranch, options: BranchPickOptions): BranchItem {
  const { current, offerDelete, parked } = options;
  const waiting = parked?.get(name);
  const isOthers = name === current || isDefault || isProtected === true;
  const marks = [
    name === current ? l10n.t('current') : '',
    isDefault ? l10n.t('default') : '',
    isProtected === true ? l10n.t('protected') : '',
    isGone === true ? l10n.t('not in the repository') : '',
    waiting === undefined ? '' : l10n.t('{0} parked', waiting),
  ];
  return {
    label: name,
    description: marks.filter((mark) => mark !== '').join(' · '),
    iconPath: new ThemeIcon(name === current ? 'check' : isProtected === true ? 'lock' : 'git-branch'),
    ...(offerDelete === true && !isOthers ? { buttons: [deleteButton()] } : {}),
    choice: 'branch',
    name,
  };
}

function deleteButton(): QuickInputButton {
  return { iconPath: new ThemeIcon('trash'), tooltip: l10n.t('Delete Branch…') };
}

function newBranchItem(): BranchItem {
  return { label: l10n.t('Create new branch…'), iconPath: new ThemeIcon('add'), alwaysShow: true, choice: 'new' };
}

function troubleItem(message: string): BranchItem {
  return { label: message, iconPath: new ThemeIcon('warning'), alwaysShow: true };
}

function separator(): BranchItem {
  return { label: l10n.t('Branches'), kind: QuickPickItemKind.Separator };
}
