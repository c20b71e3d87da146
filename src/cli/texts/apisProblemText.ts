import type { ApisProblem } from '../../core/model/apisProblem.ts';

/** Why an entry of `apis.json` cannot be used. */
export function apisProblemText({ code, property, rule }: ApisProblem): string {
  const what = property === undefined ? 'This value' : `The value of “${property}”`;
  switch (code) {
    case 'tooLarge':
      return 'This file is too large to be read.';
    case 'tooDeep':
      return 'This file is nested too deeply to be read.';
    case 'syntax':
      return 'This is not valid JSON.';
    case 'wrongVersion':
      return 'This version of the file is not known here. A newer API Source Control may know it.';
    case 'missing':
      return `“${property ?? ''}” is missing.`;
    case 'wrongType':
      return `${what} has the wrong type.`;
    case 'empty':
      return `“${property ?? ''}” cannot be blank.`;
    case 'duplicateKey':
      return `“${property ?? ''}” is here twice.`;
    case 'duplicateId':
      return 'Another API of this file has this id already.';
    case 'duplicateName':
      return 'Another API of this file has this name already.';
    case 'sharedFolder':
      return 'The folder of another repository overlaps this one, so files would belong to both.';
    case 'unsafeOrigin':
      return 'No repository is at such an address: it begins with https://, with Git also with ssh:// or file://.';
    case 'unsafeFolder':
    case 'unsafePath':
      return `${what} cannot be used as a path${because(rule)}.`;
    case 'unknownHost':
      return 'This host is not known here.';
    case 'invalidName':
      return `${what} cannot be used as a branch’s name${because(rule)}.`;
    case 'secret':
      return 'This address holds a password, which everybody who has this file can read. Take it out.';
  }
}

/** The rule by its own name, which is a word: `traversal`, `absolute`, `dots`. */
function because(rule: ApisProblem['rule']): string {
  return rule === undefined ? '' : ` (${rule})`;
}
