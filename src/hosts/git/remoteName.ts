/** The name of the one remote in a mirror's configuration. */
export const remoteName = 'source';
