import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const TEMPLATES = new URL('../../templates', import.meta.url).pathname;

/** Some sentences of a language that is written from right to left; the rest is said in English. */
export const ARABIC = {
  letter: { greeting: 'مرحبا {{contact.name}}،', unsubscribe: 'إلغاء الاشتراك في الاستبيانات' },
  scale: {
    question: 'ما مدى احتمال أن توصي صديقا أو زميلا بالتعامل مع {{company}}؟',
    lowest: '0 = غير محتمل',
    highest: '10 = محتمل جدا',
  },
  answer: { heading: 'أوشكت على الانتهاء', send: 'إرسال إجابتي', openQuestion: 'ما السبب الرئيسي لتقييمك؟' },
};

/** The templates with further languages beside the shipped ones, in a folder of their own. */
export function templatesWith(languages: Record<string, unknown>): string {
  const folder = mkdtempSync(join(tmpdir(), 'templates-'));
  cpSync(TEMPLATES, folder, { recursive: true });
  for (const [tag, sentences] of Object.entries(languages)) {
    writeFileSync(join(folder, 'wording', `${tag}.json`), JSON.stringify(sentences));
  }
  return folder;
}
