/** What the person configured for ssh, strongest first. */
export interface SshSettings {
  /** `GIT_SSH_COMMAND`: a command line. */
  readonly environmentCommand: string | undefined;
  /** `core.sshCommand`: a command line. */
  readonly configuredCommand: string | undefined;
  /** `GIT_SSH`: a program. */
  readonly program: string | undefined;
}

/** The command line for `GIT_SSH_COMMAND` that is the person's own ssh with `options` added. */
export function sshCommand(settings: SshSettings, options: readonly string[]): string {
  const { environmentCommand, configuredCommand, program } = settings;
  const own = environmentCommand || configuredCommand || (program ? quoted(program) : 'ssh');
  return [own, ...options].join(' ');
}

/** Makes ssh fail where it would ask. PuTTY's programs have their own word for it. */
export function unattendedOptions(settings: SshSettings): readonly string[] {
  const { environmentCommand, configuredCommand, program } = settings;
  const own = environmentCommand || configuredCommand || program || 'ssh';
  return /(?:^|[\\/])(?:tortoise)?plink(?:\.exe)?(?=["'\s]|$)/i.test(own) ? ['-batch'] : ['-oBatchMode=yes'];
}

/** As one word for the shell that Git hands the command line to (its own `sh` on Windows too). */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
