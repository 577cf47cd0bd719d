import { noPercent } from './record-rules.ts';
import type { StepKind } from './step-kind.ts';

/** Asks the standard question once more, after the loop is closed: the one exception to the 90 days. */
export const reSurveyStep: StepKind = {
  course: 'Sequence',
  templates: ['re-survey'],
  problems(step) {
    if (step.condition === 'Loop Closed') return noPercent(step);
    return [
      ...noPercent(step),
      'Condition__c must be Loop Closed: nobody is asked again about what was not dealt with',
    ];
  },
  effect: () => ({ survey: 'Recovery' }),
};
