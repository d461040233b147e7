import { readdirSync, readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { type Locale, LOCALES } from '../../accounts/actor.js';
import { assetAddress } from './assets.js';
import { type Fixed, templateWith } from './fixed-texts.js';
import { type Params, Translations } from './translations.service.js';

const VIEWS = new URL('../views/', import.meta.url);

const COMPILED: CompileOptions = {
  strict: false,
  // A partial is indented like the line that calls it unless told not to: inside a text area that would change the text.
  preventIndent: true,
  // Every other name is a value, looked up as one: asking each whether it is a helper takes longer than the rest.
  knownHelpers: { t: true, asset: true },
  knownHelpersOnly: true,
};

/**
 * The page templates, in each language. They have loops and ifs, `{{t "key" name=value}}` for texts and
 * `{{asset "css/app.css"}}` for addresses of files; everything else is decided in the view model. Files that begin with
 * `_` are partials, called by their path: `{{> meetings/_row}}`.
 */
@Injectable()
export class Views {
  private readonly templates = new Map<Locale, Map<string, Template>>();

  constructor(translations: Translations) {
    const sources = sourcesIn(VIEWS);
    for (const locale of LOCALES) this.templates.set(locale, templatesOf(sources, translations, locale));
  }

  /** @param model `page` names the language, and is what templates call `page` */
  render(name: string, model: PageModel): string {
    const template = this.templates.get(model.page.locale)!.get(name);
    if (template === undefined) throw new Error(`No view "${name}"`);
    return template(model);
  }
}

interface PageModel {
  page: { locale: Locale };
  [part: string]: unknown;
}
type Template = (model: object, options?: RuntimeOptions) => string;

function templatesOf(
  sources: ReadonlyMap<string, string>,
  translations: Translations,
  locale: Locale,
): Map<string, Template> {
  const handlebars = Handlebars.create();
  const t = translations.in(locale);
  handlebars.registerHelper('t', (key: string, { hash }: Handlebars.HelperOptions) => t(key, hash as Params));
  handlebars.registerHelper('asset', (path: string) => new Handlebars.SafeString(assetAddress(path)));
  const fixed: Fixed = (helper, argument) => {
    if (helper === 'asset') return assetAddress(argument);
    return helper === 't' && translations.isFixed(locale, argument)
      ? Handlebars.escapeExpression(t(argument))
      : null;
  };
  const templates = new Map<string, Template>();
  for (const [name, source] of sources) {
    const template = onceAsked(() => handlebars.compile<object>(templateWith(fixed, source), COMPILED));
    // A partial given as text would be compiled again for each page.
    if (name.split('/').at(-1)!.startsWith('_')) handlebars.registerPartial(name, template);
    else templates.set(name, template);
  }
  return templates;
}

/** Most pages are not asked for in the first minute, nor in both languages. */
function onceAsked(make: () => Template): Template {
  let made: Template | undefined;
  return (model, options) => (made ??= make())(model, options);
}

/** Name → text of each template. */
function sourcesIn(folder: URL): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.hbs'),
  );
  return new Map(
    files.map((file) => [
      file.slice(0, -'.hbs'.length).replaceAll('\\', '/'),
      readFileSync(new URL(file, folder), 'utf8'),
    ]),
  );
}
