import { canBeWrittenFrom } from '../nps/eligibility.ts';
import { carryOut, done, notDone, type Requested, whyNotResent } from '../nps/request.ts';
import type { SequenceStep } from '../nps/sequence.ts';
import type { StepMail } from '../nps/steps/mail.ts';
import { STEP_KINDS } from '../nps/steps/registry.ts';
import type { Answered } from './answered.ts';
import type { ChangeFacts } from './change-facts.ts';
import { onceMore } from './mail-order.ts';
import type { NewItem } from './ports.ts';
import { stepMail } from './take-step.ts';

/** What came of a request. */
export interface Fulfilled {
  /** When it was made: a newer one that nobody has read yet stands. */
  askedAt: Date;
  paused: boolean;
  /** For whoever asked, in a sentence. */
  result: string;
  /** To be in the outbox before the request is blanked: after that nobody knows of them. */
  mails: NewItem<'mail'>[];
}

/** The answer once what was asked for on its response is carried out; as it is when nothing was. */
export function withRequest(answered: Answered, facts: ChangeFacts): Answered {
  const { response, before } = answered;
  if (!before?.requested) return answered;
  const { requested, paused } = before;
  const { request, at: askedAt } = requested;
  if (request === 'Resend')
    return { ...answered, fulfilled: { askedAt, paused, ...resend(answered, requested, facts) } };
  const stopReason = before.course.stopped === null ? null : `The sequence was stopped: ${before.course.stopped}`;
  const { verdict, verdictReason: reason } = response;
  const { standing, result } = carryOut({ ...requested, request }, { verdict, reason, paused }, stopReason);
  return {
    ...answered,
    response: { ...response, verdict: standing.verdict, verdictReason: standing.reason },
    before: { ...before, paused: standing.paused },
    fulfilled: { askedAt, paused: standing.paused, result, mails: [] },
  };
}

function resend(answered: Answered, requested: Requested, facts: ChangeFacts): Pick<Fulfilled, 'result' | 'mails'> {
  const { response, survey, csm, contactId } = answered;
  const contact = facts.contacts.get(contactId ?? '');
  const last = lastMail(answered, facts);
  const problem = whyNotResent({
    verdict: response.verdict,
    sentBefore: last !== undefined,
    reachable: Boolean(survey?.contact?.email),
    // Where Salesforce does not tell, nobody is mailed.
    optedOut: contact?.optedOut ?? facts.accountEvents === null,
    bounced: contact?.bounced ?? false,
    writable: csm !== undefined && canBeWrittenFrom(csm),
  });
  if (problem !== undefined || !last) return { result: notDone(requested, problem ?? ''), mails: [] };
  const mails = stepMail(last.step, last.mail, answered, facts).map((mail) => onceMore(mail, requested.at));
  return { result: done(`The mail ${last.mail} was sent once more, asked for`, requested), mails };
}

/** The step whose mail left last, as its record says it today. */
function lastMail(
  { before }: Answered,
  { sequences }: ChangeFacts,
): { step: SequenceStep; mail: StepMail } | undefined {
  const mails = [...sequences.values()]
    .flatMap(({ steps }) => steps)
    .flatMap((step) => {
      const effect = STEP_KINDS[step.action].effect(step);
      return 'mail' in effect ? [{ step, mail: effect.mail }] : [];
    });
  const done = before?.course.done.toReversed() ?? [];
  return done.flatMap((one) => mails.filter(({ step }) => step.name === one.step))[0];
}
