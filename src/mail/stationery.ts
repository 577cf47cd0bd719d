import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Handlebars from 'handlebars';
import type { Stationery } from '../loop/ports.ts';
import { onOneLine } from './one-line.ts';
import { sayingHelper } from './saying.ts';
import { readWording } from './wording.ts';

type Template = (data: object) => string;

/**
 * Reads and parses every template below `folder` (`mail/*.{subject,html,text}.hbs`, `pages/*.hbs`, partials beside
 * them) and what they say in every language (`wording/*.json`), so that a broken one stops the start and not a mail.
 * Rendering throws when a template names what its data does not have. Data is made one-line first: no mail and no page
 * has a place where a line end of a name is wanted.
 */
export function openStationery(folder: string): Stationery {
  const wording = readWording(join(folder, 'wording'));
  const say = { plain: sayingHelper(wording, { noEscape: true }), html: sayingHelper(wording, { noEscape: false }) };
  const mails = templatesIn(join(folder, 'mail'), say);
  const pages = templatesIn(join(folder, 'pages'), say);
  /** The language is the nearest there are words for. */
  const prepared = (data: object & { language: string }) => ({
    ...onOneLine(data),
    ...wording.nearest(data.language),
  });
  return {
    languages: wording.languages,
    mail(template, data) {
      const clean = prepared(data);
      return {
        subject: render(mails, `${template}.subject`, clean).trim(),
        html: render(mails, `${template}.html`, clean),
        text: `${render(mails, `${template}.text`, clean).trim()}\n`,
      };
    },
    page: (name, data) => render(pages, name, prepared(data)),
  };
}

function render(templates: ReadonlyMap<string, Template>, name: string, data: object): string {
  const template = templates.get(name);
  if (template === undefined) throw new Error(`There is no template "${name}": add ${name}.hbs to the templates.`);
  return template(data);
}

interface Say {
  plain: Handlebars.HelperDelegate;
  html: Handlebars.HelperDelegate;
}

/** Text parts and subjects are plain text and escape nothing; everything else is html and escapes all it is given. */
function templatesIn(folder: string, say: Say): ReadonlyMap<string, Template> {
  const html = parserWithPartials(join(folder, 'partials'), { noEscape: false }, say.html);
  const plain = parserWithPartials(join(folder, 'partials'), { noEscape: true }, say.plain);
  return new Map(
    templateFiles(folder).map((file) => {
      const parse = /\.(?:text|subject)\.hbs$/.test(file) ? plain : html;
      return [nameOf(file), parse(join(folder, file))];
    }),
  );
}

/** An environment of its own for each kind, as a partial used in both must be escaped in one and not in the other. */
function parserWithPartials(
  partials: string,
  { noEscape }: { noEscape: boolean },
  say: Handlebars.HelperDelegate,
): (path: string) => Template {
  const handlebars = Handlebars.create();
  handlebars.registerHelper('say', say);
  handlebars.registerHelper('slice', (list: readonly unknown[], from: number, to: number) => list.slice(from, to));
  const parse = (path: string) =>
    handlebars.compile(handlebars.parse(readFileSync(path, 'utf8')), { strict: true, noEscape });
  for (const file of templateFiles(partials)) handlebars.registerPartial(nameOf(file), parse(join(partials, file)));
  return parse;
}

const templateFiles = (folder: string) => readdirSync(folder).filter((file) => file.endsWith('.hbs'));
const nameOf = (file: string) => basename(file, '.hbs');
