import { merge } from '../nps/merge-fields.ts';
import { NOTHING_TO_OFFER } from '../nps/offerings.ts';
import { DEFAULT_SETTINGS } from '../nps/settings.ts';
import { sayIn } from '../nps/spoken.ts';
import { sentenceIn } from '../nps/trigger-texts.ts';
import type { Wording } from './answer.ts';
import type { Clock, Log, Org, Trigger } from './ports.ts';

const REFRESH_AFTER_MS = 60_000;

/**
 * What the pages say, kept at hand so that no page waits for Salesforce: whoever asks gets the last known words, and
 * old ones are renewed behind the scenes. Plain words stand in for as long as Salesforce was never reached.
 */
export function wordingOf(org: Org, { clock, log }: { clock: Clock; log: Log }): () => Wording {
  let company = '';
  let triggers: ReadonlyMap<string, Trigger> = new Map();
  let offerings = NOTHING_TO_OFFER;
  let { quarantineMinutes } = DEFAULT_SETTINGS;
  let askedAt = 0;

  const renew = async () => {
    [{ name: company }, triggers, offerings, quarantineMinutes] = await Promise.all([
      org.organization(),
      org.triggers(),
      org.offerings(),
      org.quarantineMinutes(),
    ]);
  };

  return () => {
    const now = clock.wall().getTime();
    if (now - askedAt > REFRESH_AFTER_MS) {
      askedAt = now;
      renew().catch((error: Error) =>
        log.warn({ error: error.message }, 'The pages keep their words from before: Salesforce cannot be asked.'),
      );
    }
    const question: Wording['question'] = (name, language) => {
      const trigger = triggers.get(name.toLowerCase());
      if (!trigger) return { text: '', language };
      const said = sentenceIn(trigger, 'openQuestion', language);
      return { ...said, text: merge(said.text, { company }) };
    };
    const choice: Wording['choice'] = (name, language) => {
      const label = offerings.choices.find((one) => one.name === name)?.label;
      return label ? sayIn(label, language) : { text: '', language };
    };
    const destination: Wording['destination'] = (ask) => offerings.destinations.get(ask) ?? null;
    return { company, question, choice, destination, quarantineMinutes };
  };
}
