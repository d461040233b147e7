import Handlebars from 'handlebars';
import { fieldOf } from './merge-fields.js';

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

/**
 * Reads a message template into the few nodes we allow: text, a field, a field with a default, if / else.
 * Handlebars only parses; nothing is ever compiled to code, so there is no prototype, helper or partial to reach.
 */
export function readTemplate(source: string): ReadTemplate {
  const problems: TemplateProblem[] = [];
  if (source.length > longestTemplate) {
    return { nodes: [], problems: [{ code: 'too_long', line: 1, column: 1, field: null }] };
  }
  try {
    const nodes = readBody(Handlebars.parse(source), 0, problems);
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

function readBody(program: hbs.AST.Program, depth: number, problems: TemplateProblem[]): TemplateNode[] {
  return program.body.flatMap((statement) => readStatement(statement, depth, problems) ?? []);
}

function readStatement(node: Ast, depth: number, problems: TemplateProblem[]): TemplateNode | null {
  switch (node.type) {
    case 'ContentStatement':
      return readText(node as hbs.AST.ContentStatement, problems);
    case 'CommentStatement':
      return null;
    case 'MustacheStatement':
      return readMustache(node as hbs.AST.MustacheStatement, problems);
    case 'BlockStatement':
      return readIf(node as hbs.AST.BlockStatement, depth, problems);
    default:
      return refuse(problems, 'not_allowed', node, nameOf((node as hbs.AST.PartialStatement).name));
  }
}

/** A backslash makes Handlebars keep `{{` as text; in a message to a person that is always a slip. */
function readText(node: hbs.AST.ContentStatement, problems: TemplateProblem[]): TemplateNode | null {
  if (node.value.includes('{{')) return refuse(problems, 'not_allowed', node, '{{');
  return { kind: 'text', text: node.value };
}

function readMustache(node: hbs.AST.MustacheStatement, problems: TemplateProblem[]): TemplateNode | null {
  const name = nameOf(node.path);
  if (!node.escaped || node.hash) return refuse(problems, 'not_allowed', node, name);
  if (node.params.length === 0) {
    const field = readField(node.path, problems);
    return field === null ? null : { kind: 'field', field, fallback: null };
  }
  const [target, fallback] = node.params;
  if (name !== 'default' || node.params.length !== 2 || fallback?.type !== 'StringLiteral') {
    return refuse(problems, 'not_allowed', node, name);
  }
  const text = (fallback as hbs.AST.StringLiteral).value;
  if (text.trim() === '') return refuse(problems, 'empty_default', node, nameOf(target));
  const field = readField(target!, problems);
  return field === null ? null : { kind: 'field', field, fallback: text };
}

function readIf(
  node: hbs.AST.BlockStatement,
  depth: number,
  problems: TemplateProblem[],
): TemplateNode | null {
  const name = nameOf(node.path);
  const hasBlockParams = (node.program?.blockParams?.length ?? 0) > 0;
  if (name !== 'if' || node.params.length !== 1 || node.hash || !node.program || hasBlockParams) {
    return refuse(problems, 'not_allowed', node, name);
  }
  if (depth >= deepestIf) return refuse(problems, 'too_deep', node, name);
  const field = readField(node.params[0]!, problems);
  const whenPresent = readBody(node.program, depth + 1, problems);
  const whenMissing = node.inverse ? readBody(node.inverse, depth + 1, problems) : [];
  return field === null ? null : { kind: 'if', field, whenPresent, whenMissing };
}

function readField(node: Ast, problems: TemplateProblem[]): string | null {
  if (node.type !== 'PathExpression') return refuse(problems, 'not_allowed', node, nameOf(node));
  const path = node as hbs.AST.PathExpression;
  const isScoped = path.data || path.depth > 0 || path.original !== path.parts.join('.');
  if (isScoped) return refuse(problems, 'not_allowed', node, path.original);
  return fieldOf(path.parts) ?? refuse(problems, 'unknown_field', node, path.original);
}

function nameOf(node: unknown): string | null {
  const { original } = (node ?? {}) as { original?: unknown };
  return typeof original === 'string' ? original : null;
}

function refuse(
  problems: TemplateProblem[],
  code: TemplateProblem['code'],
  node: Ast,
  field: string | null,
): null {
  problems.push({ code, line: node.loc.start.line, column: node.loc.start.column + 1, field });
  return null;
}

/** The parser tells the line, in words or as a property; its column is only known for blocks that do not match. */
function syntaxProblem(error: unknown): TemplateProblem {
  const { message, lineNumber, column } = error as { message: string; lineNumber?: number; column?: number };
  const line = lineNumber ?? Number(/line (\d+)/.exec(message)?.[1] ?? 1);
  return { code: 'syntax', line, column: (column ?? 0) + 1, field: null };
}
