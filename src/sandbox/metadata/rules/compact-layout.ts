import { about, type Rule } from '../rule.ts';
import { all, first } from '../xml.ts';

const MOST_FIELDS = 10;
/** Salesforce Help, "Compact Layouts": these types cannot be shown in one. */
const NOT_SHOWN = ['LongTextArea', 'Html', 'MultiselectPicklist', 'TextArea'];

export const compactLayout: Rule = {
  name: 'compact-layout',
  severity: 'error',
  says: 'A compact layout shows at most ten fields of its object, no text areas; the one an object is assigned is shipped.',
  source: 'Salesforce Help, "Compact Layouts"; deploy error "compactLayoutAssignment: bad value"',
  check: ({ ofType, catalog }) => [
    ...ofType('CompactLayout').flatMap((component) => {
      const fields = all(component.root, 'fields');
      const tooMany = fields
        .slice(MOST_FIELDS)
        .map((field) => about(component, field, `A compact layout shows at most ${MOST_FIELDS} fields.`));
      const wrong = fields.flatMap((element) => {
        const name = element.text.trim();
        const field = catalog.field(component.object, name);
        if (!field) return [about(component, element, `${component.object} has no field ${name}.`)];
        return NOT_SHOWN.includes(field.type)
          ? [about(component, element, `${name} is a ${field.type}, which a compact layout cannot show.`)]
          : [];
      });
      return [...tooMany, ...wrong];
    }),
    ...ofType('CustomObject').flatMap((component) => {
      const assigned = first(component.root, 'compactLayoutAssignment');
      const name = assigned?.text.trim();
      const shipped = ofType('CompactLayout').some((each) => each.object === component.name && each.name === name);
      if (!assigned || name === 'SYSTEM' || shipped) return [];
      return [about(component, assigned, `${component.name} has no compact layout ${name}.`)];
    }),
  ],
};
