export interface PanelHtmlParts {
  readonly title: string;
  /** Of the words, so that a screen reader speaks them right: `en`, `pt-br`. */
  readonly language: string;
  /** Where the web view may load style sheets and fonts from. */
  readonly cspSource: string;
  /** Different each time: only our script has it. */
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  readonly icons: string;
}

/** The page around the form. The icons' id is the one that the elements library looks for. */
export function panelHtml(parts: PanelHtmlParts): string {
  const { cspSource, nonce } = parts;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escape(parts.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(parts.title)}</title>
<link rel="stylesheet" href="${escape(parts.icons)}" id="vscode-codicon-stylesheet">
<link rel="stylesheet" href="${escape(parts.style)}">
</head>
<body>
<script type="module" nonce="${escape(nonce)}" src="${escape(parts.script)}"></script>
</body>
</html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
