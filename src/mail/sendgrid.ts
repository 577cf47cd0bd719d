import type { Letter, Person, Postbox } from '../loop/ports.ts';
import { oneLine, onOneLine } from './one-line.ts';
import { type SendGridOptions, sendGridClient, whyNotSent } from './sendgrid-client.ts';

/** Sends through SendGrid's v3 API. */
export function connectSendGrid(options: SendGridOptions): Postbox {
  const service = sendGridClient(options);
  return {
    async send(letter) {
      try {
        await service.send(asSendGridTakesIt(letter));
      } catch (error) {
        throw whyNotSent(error, letter.key);
      }
    },
  };
}

function asSendGridTakesIt({ from, replyTo, to, subject, html, text, headers, customArgs, key }: Letter) {
  return {
    from: addressed(from),
    replyTo: addressed(replyTo),
    to: addressed(to),
    subject: oneLine(subject),
    html,
    text,
    headers: onOneLine(headers),
    customArgs: { ...customArgs, key },
    trackingSettings: NO_TRACKING,
  };
}

/** Each is off whatever the account's own settings say. */
const NO_TRACKING = {
  // A rewritten score link would be one a scanner follows and a person distrusts.
  clickTracking: { enable: false, enableText: false },
  // An opened mail proves nothing.
  openTracking: { enable: false },
  // SendGrid's own unsubscribe would put its List-Unsubscribe in the place of ours, and stop all mail.
  subscriptionTracking: { enable: false },
  ganalytics: { enable: false },
};

const addressed = ({ name, email }: Person) => ({ name: oneLine(name), email });
