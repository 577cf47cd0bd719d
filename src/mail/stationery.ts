import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Handlebars from 'handlebars';
import type { Stationery } from '../loop/ports.ts';
import { onOneLine } from './one-line.ts';

type Template = (data: object) => string;

/**
 * Reads and parses every template below `folder` (`mail/*.{subject,html,text}.hbs`, `pages/*.hbs`, partials beside
 * them), so that a broken one stops the start and not a mail. Rendering throws when a template names what its data
 * does not have. Data is made one-line first: no mail and no page has a place where a line end of a name is wanted.
 */
export function openStationery(folder: string): Stationery {
  const mails = templatesIn(join(folder, 'mail'));
  const pages = templatesIn(join(folder, 'pages'));
  return {
    mail(template, data) {
      const clean = onOneLine(data);
      return {
        subject: render(mails, `${template}.subject`, clean).trim(),
        html: render(mails, `${template}.html`, clean),
        text: `${render(mails, `${template}.text`, clean).trim()}\n`,
      };
    },
    page: (name, data) => render(pages, name, onOneLine(data)),
  };
}

function render(templates: ReadonlyMap<string, Template>, name: string, data: object): string {
  const template = templates.get(name);
  if (template === undefined) throw new Error(`There is no template "${name}": add ${name}.hbs to the templates.`);
  return template(data);
}

/** Text parts and subjects are plain text and escape nothing; everything else is html and escapes all it is given. */
function templatesIn(folder: string): ReadonlyMap<string, Template> {
  const html = parserWithPartials(join(folder, 'partials'), { noEscape: false });
  const plain = parserWithPartials(join(folder, 'partials'), { noEscape: true });
  return new Map(
    templateFiles(folder).map((file) => {
      const parse = /\.(?:text|subject)\.hbs$/.test(file) ? plain : html;
      return [nameOf(file), parse(join(folder, file))];
    }),
  );
}

/** An environment of its own for each kind, as a partial used in both must be escaped in one and not in the other. */
function parserWithPartials(partials: string, { noEscape }: { noEscape: boolean }): (path: string) => Template {
  const handlebars = Handlebars.create();
  handlebars.registerHelper('slice', (list: readonly unknown[], from: number, to: number) => list.slice(from, to));
  const parse = (path: string) =>
    handlebars.compile(handlebars.parse(readFileSync(path, 'utf8')), { strict: true, noEscape });
  for (const file of templateFiles(partials)) handlebars.registerPartial(nameOf(file), parse(join(partials, file)));
  return parse;
}

const templateFiles = (folder: string) => readdirSync(folder).filter((file) => file.endsWith('.hbs'));
const nameOf = (file: string) => basename(file, '.hbs');
