import type { StoredMail } from '../sendgrid/mail-store.ts';

type Part = 'html' | 'text' | 'headers';

const LABELS: Record<Part, string> = { html: 'Mail', text: 'Text part', headers: 'Headers' };

/** A mail with the part of it that is looked at; the finest part it has if none is named. */
export function mailView(mail: StoredMail, wanted: string | undefined) {
  const names: Part[] = [
    ...(mail.html === null ? [] : ['html' as const]),
    ...(mail.text === null ? [] : ['text' as const]),
    'headers',
  ];
  const part = names.find((name) => name === wanted) ?? names[0];
  return {
    mail,
    part,
    parts: names.map((name) => ({ name, label: LABELS[name], current: name === part })),
    document: mail.html === null ? undefined : inWindowOfItsOwn(mail.html),
  };
}

/** Links leave the frame for a new tab, as they do in mail clients. */
function inWindowOfItsOwn(html: string): string {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + base) : base + html;
}
