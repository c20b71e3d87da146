import ts from 'typescript';

/** What the rules look at in one file. */
export interface SourceFile {
  /** Path in the project, with `/`: `src/core/sync/plan.ts`. */
  readonly path: string;
  readonly firstLine: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Constructs that some rule forbids somewhere, each with its line. */
  readonly findings: readonly Finding[];
  readonly functions: readonly { readonly name: string; readonly line: number; readonly lines: number }[];
}

export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** A type import counts for arrows and cycles like any other: it ties the two files together all the same. */
  readonly typeOnly: boolean;
}

export type FindingKind = 'any' | 'enum' | 'defaultExport' | 'reExport' | 'mutableState' | 'code';

export interface Finding {
  readonly kind: FindingKind;
  readonly line: number;
}

/** Reads a file with TypeScript's own parser. */
export function readSourceFile(path: string, text: string): SourceFile {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const findings: Finding[] = [];
  const functions: { name: string; line: number; lines: number }[] = [];
  const lineOf = (node: ts.Node): number => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found !== undefined) imports.push({ ...found, line: lineOf(node) });
    const kind = findingOf(node);
    if (kind !== undefined) findings.push({ kind, line: lineOf(node) });
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const end = source.getLineAndCharacterOfPosition(node.end).line + 1;
      functions.push({ name: nameOf(node), line: lineOf(node), lines: end - lineOf(node) + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const statement of source.statements) {
    if (isMutableState(statement)) findings.push({ kind: 'mutableState', line: lineOf(statement) });
    if (isCode(statement)) findings.push({ kind: 'code', line: lineOf(statement) });
  }
  const rows = text.split('\n');
  return { path, firstLine: rows[0] ?? '', lines: rows.length, imports, findings, functions };
}

function importOf(node: ts.Node): Omit<Import, 'line'> | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, typeOnly: node.importClause?.isTypeOnly === true };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [specifier] = node.arguments;
    return specifier && ts.isStringLiteral(specifier) ? { specifier: specifier.text, typeOnly: false } : undefined;
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { specifier: node.argument.literal.text, typeOnly: true };
  }
  return undefined;
}

function findingOf(node: ts.Node): FindingKind | undefined {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return 'any';
  if (ts.isEnumDeclaration(node)) return 'enum';
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) return 'reExport';
  if (ts.isExportAssignment(node) || node.kind === ts.SyntaxKind.DefaultKeyword) {
    return ts.isDefaultClause(node.parent) ? undefined : 'defaultExport';
  }
  if (ts.isExportSpecifier(node) && node.name.text === 'default') return 'defaultExport';
  return undefined;
}

function isMutableState(statement: ts.Statement): boolean {
  return ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.Const) === 0;
}

/** Anything that is still there when the types are gone. */
function isCode(statement: ts.Statement): boolean {
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return false;
  if (ts.isImportDeclaration(statement)) return statement.importClause?.isTypeOnly !== true;
  if (ts.isExportDeclaration(statement)) return !statement.isTypeOnly;
  return true;
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (node.name !== undefined) return node.name.getText();
  const { parent } = node;
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name.getText() : 'a function';
}
