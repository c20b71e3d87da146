/** One question of Git or ssh, asked in its middle. `text` is its own wording. */
export interface CredentialPrompt {
  /** `hostKey`: whether an unknown server may be trusted; the text has its fingerprint, the answer is `yes` or nothing. */
  readonly kind: 'username' | 'password' | 'passphrase' | 'hostKey';
  readonly text: string;
}

/** Asks the person for a secret, only inside an operation that they started. Answers are never written or logged; the asker may remember them until the window closes. */
export interface Credentials {
  /** `undefined` when the person closes the question, or when the signal fires: nobody waits any more, close it. */
  ask(prompt: CredentialPrompt, signal: AbortSignal): Promise<string | undefined>;
}
