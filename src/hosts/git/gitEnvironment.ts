/** Variables that would point Git elsewhere, or change what it prints. The person's configuration stays as it is. */
const dropped =
  /^GIT_(?:DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|INDEX_VERSION|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE|PREFIX|CONFIG|CONFIG_PARAMETERS|INTERNAL_SUPER_PREFIX|SHALLOW_FILE|GRAFT_FILE|REPLACE_REF_BASE|IMPLICIT_WORK_TREE|QUARANTINE_PATH|PROTOCOL|FLUSH|DEFAULT_HASH|DEFAULT_REF_FORMAT|CURL_VERBOSE|REDIRECT_.*|TRACE.*|ASKPASS|.*_PATHSPECS)$/i;

/** The environment of every Git that we run; `base` is that of our own process. */
export function gitEnvironment(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(base).filter(([name]) => !dropped.test(name));
  return {
    // Without them a connection that went silent would hold its repository for ever.
    GIT_HTTP_LOW_SPEED_LIMIT: '1',
    GIT_HTTP_LOW_SPEED_TIME: '60',
    ...Object.fromEntries(kept),
    // We read what Git says.
    LC_ALL: 'C',
    LANGUAGE: '',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_PROTOCOL_FROM_USER: '0',
    GIT_ALLOW_PROTOCOL: '',
  };
}
