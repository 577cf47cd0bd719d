import type { SequenceStep } from '../sequence.ts';

/** What comes in turn is counted in hours: the time there is to act is no measure for customers. */
export function noPercent({ delayPercent }: SequenceStep): string[] {
  return delayPercent === null ? [] : ['Delay_Percent__c must be empty: only Notify and Escalate count in percent'];
}

/** What every step of an escalation needs. */
export function toldFromTheAnswer({ recipient, from }: SequenceStep): string[] {
  return [
    recipient === null && 'Recipient__c is empty, but somebody must be told',
    from !== 'Answer' && 'Delay_From__c must be Answer: an escalation counts from there',
  ].filter((problem) => problem !== false);
}
