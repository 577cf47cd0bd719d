import { all } from '../../metadata/xml.ts';
import { targetOf } from '../blueprint.ts';
import { readConditions } from '../conditions.ts';
import { onlyKnown } from '../refused.ts';
import type { ElementKind } from './element.ts';

/** Goes on with the first outcome whose conditions hold, else with the default one. */
export const decisions: ElementKind = {
  tag: 'decisions',
  knows: ['rules', 'defaultConnector', 'defaultConnectorLabel'],
  beforeSave: true,
  make(blueprint, element) {
    const outcomes = all(element, 'rules').map((rule) => {
      onlyKnown(rule, 'an outcome', ['name', 'label', 'description', 'conditionLogic', 'conditions', 'connector']);
      return { holds: readConditions(blueprint, rule), next: targetOf(rule) };
    });
    const otherwise = targetOf(element, 'defaultConnector');
    return (interview) => {
      const taken = outcomes.find(({ holds }) => holds(interview));
      return taken ? taken.next : otherwise;
    };
  },
};
