import Handlebars from 'handlebars';

type Program = hbs.AST.Program;
type Statement = hbs.AST.Statement;

/** Gives what `{{helper "argument"}}` will always be, as HTML; null where that depends on the page. */
export type Fixed = (helper: string, argument: string) => string | null;

/**
 * A template with what is the same on every page written into it: texts without values, addresses of files. A page has
 * hundreds of them, and joins fewer pieces then. Lines lose their indentation, which browsers do not show.
 */
export function templateWith(fixed: Fixed, source: string): Program {
  return fixedIn(fixed, Handlebars.parse(source));
}

function fixedIn(fixed: Fixed, program: Program): Program {
  return { ...program, body: program.body.map((statement) => fixedStatement(fixed, statement)) };
}

function fixedStatement(fixed: Fixed, statement: Statement): Statement {
  switch (statement.type) {
    case 'ContentStatement': {
      const content = statement as hbs.AST.ContentStatement;
      return contentLike(content, content.value.replace(/\n[ \t]+/g, '\n'));
    }
    case 'MustacheStatement': {
      const text = textOf(fixed, statement as hbs.AST.MustacheStatement);
      return text === null ? statement : contentLike(statement, text);
    }
    case 'BlockStatement': {
      const block = statement as hbs.AST.BlockStatement;
      const { program, inverse } = block as Pick<typeof block, 'program'> & { inverse?: Program };
      const made: hbs.AST.BlockStatement = { ...block, program: fixedIn(fixed, program) };
      if (inverse !== undefined) made.inverse = fixedIn(fixed, inverse);
      return made;
    }
    case 'PartialBlockStatement': {
      const block = statement as hbs.AST.PartialBlockStatement;
      const made: hbs.AST.PartialBlockStatement = { ...block, program: fixedIn(fixed, block.program) };
      return made;
    }
    default:
      return statement;
  }
}

function textOf(fixed: Fixed, { path, params, hash }: hbs.AST.MustacheStatement): string | null {
  const [argument] = params;
  const hasValues = params.length !== 1 || (hash as hbs.AST.Hash | undefined) !== undefined;
  if (path.type !== 'PathExpression' || argument?.type !== 'StringLiteral' || hasValues) return null;
  return fixed((path as hbs.AST.PathExpression).original, (argument as hbs.AST.StringLiteral).value);
}

function contentLike({ loc }: Statement, value: string): Statement {
  return { type: 'ContentStatement', value, original: value, loc } as Statement;
}
