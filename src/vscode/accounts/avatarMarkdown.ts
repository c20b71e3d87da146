/** A person's picture for a tooltip; blank unless its address, which comes from the host, is plain and encrypted. */
export function avatarMarkdown(avatar: string | undefined): string {
  if (avatar === undefined || !URL.canParse(avatar)) return '';
  const { protocol, username, password, href } = new URL(avatar);
  if (protocol !== 'https:' || username !== '' || password !== '') return '';
  return `![](${href.replace(/[^\w:/?#@&=+;,.~%-]/g, escaped)}|width=32,height=32)`;
}

/** What Markdown, or VS Code's own words for sizes, could take for theirs; an address has only ASCII here. */
function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
