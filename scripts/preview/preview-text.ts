import type { Rehearsal } from '../../src/loop/ports.ts';

/** A rehearsed mail as a person reads it on a terminal; `file` is where its HTML stands. */
export function previewText({ sentence, letter, subjects }: Rehearsal, file: string | null): string {
  if (!letter)
    return `${sentence}\n\nThere is no mail to show: nobody to write to or from, or the trigger cannot be used.\n`;
  const other = subjects.B === '' ? 'there is no second one' : `half get "${subjects.A}", half "${subjects.B}"`;
  return [
    sentence,
    '',
    `From:      ${letter.from.name} <${letter.from.email}>`,
    `Reply to:  ${letter.replyTo.name} <${letter.replyTo.email}>`,
    `To:        ${letter.to.name} <${letter.to.email}>`,
    `Subject:   ${letter.subject} (${other})`,
    '',
    letter.text.trimEnd(),
    '',
    `As it looks: ${file}`,
    'Its links lead nowhere. --test-send you@example.com sends it with links that work.',
    '',
  ].join('\n');
}
