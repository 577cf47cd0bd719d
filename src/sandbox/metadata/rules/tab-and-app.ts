import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { all, first, isTrue } from '../xml.ts';

const has = ({ components }: Package, type: string, name: string) =>
  components.some((each) => each.type === type && each.name === name);

/** What a tab may show besides an object, and the kind it then names. */
const SHOWN = { flexiPage: 'FlexiPage', lwcComponent: 'LightningComponentBundle' };

export const tabAndApp: Rule = {
  name: 'tab-and-app',
  severity: 'error',
  says: 'A tab shows an object, page or component that is shipped and has a motif of the known form; an app lists tabs that are shipped or standard, and the pages it shows records on are shipped.',
  source: 'Metadata API Developer Guide, "CustomTab", "CustomApplication"',
  check: (pack) => [
    ...pack.ofType('CustomTab').flatMap((component) => {
      const { root, name } = component;
      const object = isTrue(root, 'customObject');
      const missing =
        object && !pack.catalog.object(name)?.isCustom
          ? [about(component, first(root, 'customObject') ?? root, `There is no object ${name} this tab could show.`)]
          : [];
      const others = Object.entries(SHOWN).flatMap(([tag, type]) =>
        all(root, tag)
          .filter((element) => !has(pack, type, element.text.trim()))
          .map((element) => about(component, element, `${element.text.trim()} is not shipped.`)),
      );
      const motif = first(root, 'motif');
      const bare = object && !motif ? [about(component, root, `${name} has no motif.`)] : [];
      const odd =
        motif && !/^Custom\d{1,3}: .+/.test(motif.text)
          ? [about(component, motif, `${motif.text} is no motif, such as Custom11: Star.`)]
          : [];
      const nothing =
        !object && !['flexiPage', 'lwcComponent', 'page', 'url', 'auraComponent'].some((tag) => first(root, tag));
      return [
        ...missing,
        ...others,
        ...bare,
        ...odd,
        ...(nothing ? [about(component, root, `${name} shows nothing.`)] : []),
      ];
    }),
    ...pack.ofType('CustomApplication').flatMap((component) => inApp(component, pack)),
  ],
};

function inApp(component: Component, pack: Package): Complaint[] {
  const tabs = all(component.root, 'tabs')
    .filter((tab) => !/^standard-\w+$/.test(tab.text.trim()) && !has(pack, 'CustomTab', tab.text.trim()))
    .map((tab) => about(component, tab, `There is no tab ${tab.text.trim()}.`));
  const pages = all(component.root, 'actionOverrides').flatMap((override) => {
    const [content, object] = [first(override, 'content'), first(override, 'pageOrSobjectType')];
    const page = content?.text.trim() ?? '';
    const shown = object?.text.trim() ?? '';
    return [
      ...(content && !has(pack, 'FlexiPage', page) ? [about(component, content, `There is no page ${page}.`)] : []),
      ...(object && !pack.catalog.object(shown) ? [about(component, object, `There is no object ${shown}.`)] : []),
    ];
  });
  return [...tabs, ...pages];
}
