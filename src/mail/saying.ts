import Handlebars from 'handlebars';
import type { Wording } from './wording.ts';

type Sentence = (data: object) => string;

/**
 * The helper `{{say "scale.question"}}`: the sentence of that name in the language of the mail or page, with its merge
 * fields filled in. Sentences are plain text; what html cannot take is escaped in it.
 *
 * @throws when a sentence cannot be parsed, and on use when no language says it
 */
export function sayingHelper(wording: Wording, { noEscape }: { noEscape: boolean }): Handlebars.HelperDelegate {
  const spoken = new Map(
    wording.languages.map((language) => {
      const sentences = [...wording.sentences(language)].map(([key, text]) => {
        const parsed = Handlebars.parse(text);
        if (!noEscape) new LiteralsToHtml().accept(parsed);
        return [key, Handlebars.compile(parsed, { strict: true, noEscape })] as const;
      });
      return [language, new Map<string, Sentence>(sentences)];
    }),
  );
  return (key: string, { data }: Handlebars.HelperOptions) => {
    const facts = data.root as { language: string };
    const sentence = spoken.get(facts.language)?.get(key);
    if (!sentence) throw new Error(`No sentence is named "${key}": add it to the wording of English at least.`);
    return new Handlebars.SafeString(sentence(facts));
  };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Handlebars escapes what is merged in, never the text around it. */
class LiteralsToHtml extends Handlebars.Visitor {
  override ContentStatement(content: hbs.AST.ContentStatement): void {
    content.value = content.value.replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);
  }
}
