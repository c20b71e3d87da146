import { Failure, type FailureFacts, type FailureReason } from '../../core/errors.ts';
import { remoteName } from './remoteName.ts';

/** Git's, curl's and ssh's words (LC_ALL=C) and what they mean; the first that matches counts. */
const meanings: readonly (readonly [RegExp, FailureReason])[] = [
  // No right of the person's: Git itself keeps out of another user's folder, until it is told to trust it.
  [/dubious ownership/, 'hostError'],
  [/Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED/, 'hostKeyUnknown'],
  [/mismatched algorithms|unsupported object format|unknown object format/, 'unsupportedRepository'],
  [
    /SSL certificate problem|certificate verif|unable to get local issuer|self[- ]signed certificate|no alternative certificate|CERT_|schannel:.*certificate/i,
    'certificate',
  ],
  [
    /Authentication failed|could not read (?:Username|Password)|terminal prompts disabled|returned error: 401|HTTP 401|Permission denied \(|Too many authentication failures|Access denied\b.*Basic/,
    'signInNeeded',
  ],
  [/returned error: 403|HTTP 403|ERROR: .*(?:denied|not allowed)|Permission to .* denied/, 'forbidden'],
  [
    /returned error: 404|HTTP 404|repository '.*' not found|ERROR: Repository not found|does not appear to be a git repository|invalid gitfile format|not valid: is this a git repository|project you were looking for could not be found/,
    'repositoryNotFound',
  ],
  [
    /Could not resolve|Temporary failure in name resolution|Failed to connect|Couldn't connect|Connection (?:refused|timed out|reset|was reset|closed)|Operation timed out|Operation too slow|Network is unreachable|No route to host|Empty reply from server|Recv failure|transfer closed|early EOF|unexpected disconnect|hung up unexpectedly|curl (?:6|7|16|18|28|35|52|55|56|92)\b/,
    'offline',
  ],
  [/Please tell me who you are|auto-detection is disabled|empty ident name/, 'identityMissing'],
];

/** Words about our own copy, which is only a cache. Files of the person's, and the remote, are named otherwise. */
const brokenMirror = new RegExp(
  [
    String.raw`not a git repository: '.*\b(?:view|fetch)\.git'`,
    String.raw`'${remoteName}' does not appear to be a git repository`,
    String.raw`bad config .* in file .*\b(?:view|fetch)\.git[\\/]config`,
    String.raw`index file .* is too small|packfile .* (?:cannot be accessed|is far too short|index unavailable)`,
    String.raw`object (?:file )?\S+ .*(?:is empty|is corrupt)|unable to unpack \S+ header|inflate: data stream error`,
    // Another one at it has just thrown it away.
    'Unable to read current working directory: No such file',
    String.raw`reference broken|not a tree object|bad (?:tree )?object [0-9a-f]{40}|Could not read [0-9a-f]{40}`,
  ].join('|'),
);

/** The mirror itself is damaged: another one may do. */
export class BrokenMirror extends Failure {
  constructor(facts: FailureFacts) {
    super('hostError', facts);
  }
}

/** What went wrong in a Git that ended with an error, by what it said. */
export function failureFrom(stderr: string, facts: FailureFacts): Failure {
  if (brokenMirror.test(stderr)) return new BrokenMirror({ ...facts, detail: gitsWords(stderr) });
  const reason = meanings.find(([words]) => words.test(stderr))?.[1] ?? 'hostError';
  const fingerprint = reason === 'hostKeyUnknown' ? fingerprintIn(stderr) : undefined;
  return new Failure(reason, { ...facts, detail: fingerprint ?? gitsWords(stderr) });
}

/** A host key's fingerprint with its type, as ssh prints it. */
export function fingerprintIn(stderr: string): string | undefined {
  const [, type = '', hash] =
    /(?:Server host key: |The fingerprint for the )?([\w-]+)? ?(?:key (?:fingerprint|sent by the remote host) is:?)?\s*(SHA256:[A-Za-z0-9+/]{43})/.exec(
      stderr,
    ) ?? [];
  return hash === undefined ? undefined : `${type} ${hash}`.trim();
}

/** Its own lines, and the command that it gives for trusting a folder. */
const words = /^(?:fatal|error|remote|ssh|ERROR)\b|^\s+git config --global --add safe\.directory /;

/** The lines that say something, without credentials and without anybody's progress meter. */
export function gitsWords(stderr: string): string {
  const lines = stderr.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const telling = lines.filter((line) => words.test(line));
  return (telling.length > 0 ? telling : lines)
    .slice(0, 6)
    .join('\n')
    .replace(/:\/\/[^/@\s]*@/g, '://')
    .slice(0, 1_000);
}
