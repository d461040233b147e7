import { readdirSync, readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import type { Locale } from '../../accounts/actor.js';
import { assetAddress } from './assets.js';
import { type Params, Translations } from './translations.service.js';

const VIEWS = new URL('../views/', import.meta.url);

/** A partial is indented like the line that calls it unless told not to: inside a text area that would change the text. */
const WITHOUT_INDENT = { strict: false, preventIndent: true };

/**
 * The page templates. They have loops and ifs, `{{t "key" name=value}}` for texts and `{{asset "css/app.css"}}` for
 * addresses of files; everything else is decided in the view model. Files that begin with `_` are partials, called by
 * their path: `{{> meetings/_row}}`.
 */
@Injectable()
export class Views {
  private readonly handlebars = Handlebars.create();
  private readonly templates = new Map<string, HandlebarsTemplateDelegate>();

  constructor(translations: Translations) {
    this.handlebars.registerHelper('t', (key: string, options: Handlebars.HelperOptions) => {
      const { locale } = (options.data as { root: { page: { locale: Locale } } }).root.page;
      return translations.in(locale)(key, options.hash as Params);
    });
    this.handlebars.registerHelper('asset', (path: string) => new Handlebars.SafeString(assetAddress(path)));
    for (const name of templatesIn(VIEWS)) {
      const source = readFileSync(new URL(`${name}.hbs`, VIEWS), 'utf8');
      const template = this.handlebars.compile<object>(source, WITHOUT_INDENT);
      // A partial given as text would be compiled again for each page.
      if (name.split('/').at(-1)!.startsWith('_')) this.handlebars.registerPartial(name, template);
      else this.templates.set(name, template);
    }
  }

  render(name: string, model: object): string {
    const template = this.templates.get(name);
    if (template === undefined) throw new Error(`No view "${name}"`);
    return template(model);
  }
}

function templatesIn(folder: URL): string[] {
  return filesIn(folder)
    .filter((file) => file.endsWith('.hbs'))
    .map((file) => file.slice(0, -'.hbs'.length));
}

function filesIn(folder: URL): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
}
