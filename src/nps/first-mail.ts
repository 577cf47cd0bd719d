/** The mails that invitations in Salesforce are about: the survey, or a renewal mail. Every other one follows an answer. */
export type FirstMail = 'invitation' | 'renewal';

export function isFirstMail(template: string): template is FirstMail {
  return template === 'invitation' || template === 'renewal';
}
