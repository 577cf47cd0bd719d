import { about, type Rule } from '../rule.ts';
import { everyElement, type XmlElement } from '../xml.ts';

export const contiguous: Rule = {
  name: 'contiguous',
  severity: 'error',
  says: 'Elements of one name stand together within their parent.',
  source: 'Metadata API deploy error "Element X is duplicated at this location"',
  check: ({ components }) =>
    components
      .filter(({ root, kind }) => root.name !== kind.partOfObject)
      .flatMap((component) =>
        everyElement(component.root)
          .flatMap(apart)
          .map((element) =>
            about(
              component,
              element,
              `${element.name} stands apart from the others of its name; an org takes it for a duplicate.`,
            ),
          ),
      ),
};

function apart({ children }: XmlElement): XmlElement[] {
  return children.filter(({ name }, index) => {
    const before = children[index - 1];
    return before?.name !== name && children.slice(0, index).some((earlier) => earlier.name === name);
  });
}
