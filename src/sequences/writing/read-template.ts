import Handlebars from 'handlebars';
import { columnOf, fieldOf } from './merge-fields.js';

/** One thing a template may hold. `fallback` is what `{{default field "…"}}` falls back to. */
export type TemplateNode =
  | { kind: 'text'; text: string }
  | { kind: 'field'; field: string; fallback: string | null }
  | { kind: 'if'; field: string; whenPresent: TemplateNode[]; whenMissing: TemplateNode[] };

/** Why a template cannot be saved, and where. `line` and `column` count from 1; `field` is the text at fault. */
export interface TemplateProblem {
  code: 'syntax' | 'unknown_field' | 'not_allowed' | 'empty_default' | 'too_long' | 'too_deep';
  line: number;
  column: number;
  field: string | null;
}

export interface ReadTemplate {
  nodes: TemplateNode[];
  problems: TemplateProblem[];
}

export const longestTemplate = 20_000;
const deepestIf = 8;
type Ast = hbs.AST.Node;

/** Where problems are noted, and the columns a `custom.…` field may name; none known: any. */
interface Reading {
  problems: TemplateProblem[];
  columns: readonly string[];
}

/**
 * Reads a message template into the few nodes we allow: text, a field, a field with a default, if / else.
 * Handlebars only parses; nothing is ever compiled to code, so there is no prototype, helper or partial to reach.
 */
export function readTemplate(source: string, columns: readonly string[] = []): ReadTemplate {
  const problems: TemplateProblem[] = [];
  if (source.length > longestTemplate) {
    return { nodes: [], problems: [{ code: 'too_long', line: 1, column: 1, field: null }] };
  }
  try {
    const nodes = readBody(Handlebars.parse(source), 0, { problems, columns });
    return { nodes, problems };
  } catch (error) {
    return { nodes: [], problems: [syntaxProblem(error)] };
  }
}

/** The fields a template names, each once, in order of appearance. */
export function fieldsNamed(nodes: readonly TemplateNode[]): string[] {
  const names = nodes.flatMap((node) => {
    if (node.kind === 'text') return [];
    if (node.kind === 'field') return [node.field];
    return [node.field, ...fieldsNamed(node.whenPresent), ...fieldsNamed(node.whenMissing)];
  });
  return [...new Set(names)];
}

function readBody(program: hbs.AST.Program, depth: number, reading: Reading): TemplateNode[] {
  return program.body.flatMap((statement) => readStatement(statement, depth, reading) ?? []);
}

function readStatement(node: Ast, depth: number, reading: Reading): TemplateNode | null {
  switch (node.type) {
    case 'ContentStatement':
      return readText(node as hbs.AST.ContentStatement, reading);
    case 'CommentStatement':
      return null;
    case 'MustacheStatement':
      return readMustache(node as hbs.AST.MustacheStatement, reading);
    case 'BlockStatement':
      return readIf(node as hbs.AST.BlockStatement, depth, reading);
    default:
      return refuse(reading, 'not_allowed', node, nameOf((node as hbs.AST.PartialStatement).name));
  }
}

/** A backslash makes Handlebars keep `{{` as text; in a message to a person that is always a slip. */
function readText(node: hbs.AST.ContentStatement, reading: Reading): TemplateNode | null {
  if (node.value.includes('{{')) return refuse(reading, 'not_allowed', node, '{{');
  return { kind: 'text', text: node.value };
}

function readMustache(node: hbs.AST.MustacheStatement, reading: Reading): TemplateNode | null {
  const name = nameOf(node.path);
  if (!node.escaped || node.hash) return refuse(reading, 'not_allowed', node, name);
  if (node.params.length === 0) {
    const field = readField(node.path, reading);
    return field === null ? null : { kind: 'field', field, fallback: null };
  }
  const [target, fallback] = node.params;
  if (name !== 'default' || node.params.length !== 2 || fallback?.type !== 'StringLiteral') {
    return refuse(reading, 'not_allowed', node, name);
  }
  const text = (fallback as hbs.AST.StringLiteral).value;
  if (text.trim() === '') return refuse(reading, 'empty_default', node, nameOf(target));
  const field = readField(target!, reading);
  return field === null ? null : { kind: 'field', field, fallback: text };
}

function readIf(node: hbs.AST.BlockStatement, depth: number, reading: Reading): TemplateNode | null {
  const name = nameOf(node.path);
  const hasBlockParams = (node.program?.blockParams?.length ?? 0) > 0;
  if (name !== 'if' || node.params.length !== 1 || node.hash || !node.program || hasBlockParams) {
    return refuse(reading, 'not_allowed', node, name);
  }
  if (depth >= deepestIf) return refuse(reading, 'too_deep', node, name);
  const field = readField(node.params[0]!, reading);
  const whenPresent = readBody(node.program, depth + 1, reading);
  const whenMissing = node.inverse ? readBody(node.inverse, depth + 1, reading) : [];
  return field === null ? null : { kind: 'if', field, whenPresent, whenMissing };
}

function readField(node: Ast, reading: Reading): string | null {
  if (node.type !== 'PathExpression') return refuse(reading, 'not_allowed', node, nameOf(node));
  const path = node as hbs.AST.PathExpression;
  const isScoped = path.data || path.depth > 0 || path.original !== path.parts.join('.');
  if (isScoped) return refuse(reading, 'not_allowed', node, path.original);
  const field = fieldOf(path.parts);
  return field !== null && isColumn(field, reading.columns)
    ? field
    : refuse(reading, 'unknown_field', node, path.original);
}

function isColumn(field: string, columns: readonly string[]): boolean {
  const column = columnOf(field);
  return column === null || columns.length === 0 || columns.includes(column);
}

function nameOf(node: unknown): string | null {
  const { original } = (node ?? {}) as { original?: unknown };
  return typeof original === 'string' ? original : null;
}

function refuse(reading: Reading, code: TemplateProblem['code'], node: Ast, field: string | null): null {
  reading.problems.push({ code, line: node.loc.start.line, column: node.loc.start.column + 1, field });
  return null;
}

/** The parser tells the line, in words or as a property; its column is only known for blocks that do not match. */
function syntaxProblem(error: unknown): TemplateProblem {
  const { message, lineNumber, column } = error as { message: string; lineNumber?: number; column?: number };
  const line = lineNumber ?? Number(/line (\d+)/.exec(message)?.[1] ?? 1);
  return { code: 'syntax', line, column: (column ?? 0) + 1, field: null };
}
