import { valueOf, type MergeValues } from './merge-fields.js';
import type { TemplateNode } from './read-template.js';

/** A stretch of a rendered message. `field` is set where a prospect's value stands; `isMissing` where none was found. */
export interface RenderedPiece {
  text: string;
  field: string | null;
  isMissing: boolean;
}

/** `text` is null while a value is missing: a message never goes out with a blank. `missing` lists the fields once each. */
export interface Rendered {
  text: string | null;
  missing: string[];
  pieces: RenderedPiece[];
}

/** Fills a message body. Values are put in as they are: a value holding `{{…}}` stays that text. */
export function renderTemplate(nodes: readonly TemplateNode[], values: MergeValues): Rendered {
  const pieces = nodes.flatMap((node) => renderNode(node, values));
  const missing = [...new Set(pieces.filter((piece) => piece.isMissing).map((piece) => piece.field!))];
  const text = missing.length > 0 ? null : pieces.map((piece) => piece.text).join('');
  return { text, missing, pieces };
}

/** Fills a subject: one line, without the control characters that could open another mail header. */
export function renderSubject(nodes: readonly TemplateNode[], values: MergeValues): Rendered {
  const rendered = renderTemplate(nodes, values);
  const pieces = rendered.pieces.map((piece) => ({ ...piece, text: onOneLine(piece.text) }));
  return { ...rendered, pieces, text: rendered.text === null ? null : onOneLine(rendered.text).trim() };
}

function renderNode(node: TemplateNode, values: MergeValues): RenderedPiece[] {
  switch (node.kind) {
    case 'text':
      return [{ text: node.text, field: null, isMissing: false }];
    case 'field': {
      const value = valueOf(node.field, values) ?? node.fallback;
      return [{ text: value ?? '', field: node.field, isMissing: value === null }];
    }
    case 'if': {
      const branch = valueOf(node.field, values) === null ? node.whenMissing : node.whenPresent;
      return branch.flatMap((inner) => renderNode(inner, values));
    }
  }
}

function onOneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are exactly what must not reach a header
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
}
