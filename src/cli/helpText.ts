export const helpText = `API Source Control on the command line.

  api-source-control status [--json] [folder]
      What is outgoing, incoming and in conflict, for each API of .vscode/apis.json.

  api-source-control check [--strict] [--json | --format github] [folder]
      What is wrong with the definitions and collections, for CI and hooks: no network, no account.
      References that lead nowhere, files that are missing, JSON and YAML that do not parse, conflict markers,
      and requests of collections that no operation of the OpenAPI definition answers.
      --strict   an operation that no request covers is a finding, too

  api-source-control pull [folder]
  api-source-control push -m MESSAGE [folder]
      As in the editor, for APIs that are connected on this computer. Nobody is asked for anything.

  --api NAME   only this API, by name or id; may be given several times
  --help, --version

Plain Git remotes are reached with your Git's own credentials. Other hosts take a token from the environment, which is
sent to that server and nowhere else:
  API_SOURCE_CONTROL_ORIGIN   https://github.com
  API_SOURCE_CONTROL_TOKEN    the access token
  API_SOURCE_CONTROL_USER     where the host wants one beside it: the account's e-mail

Exit code: 0 all is well; 1 there are findings or conflicts; 2 wrong usage, or it could not be done; 130 cancelled.`;
