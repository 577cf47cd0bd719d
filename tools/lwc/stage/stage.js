import '@lwc/synthetic-shadow';
import NpsPulse from 'c/npsPulse';
import NpsTimeline from 'c/npsTimeline';
import { createElement } from 'lwc';

const COMPONENTS = { 'c-nps-pulse': NpsPulse, 'c-nps-timeline': NpsTimeline };

/** Puts a component on the page; what its wire adapters give stands in `org`. */
globalThis.show = ({ tag, properties, org }) => {
  globalThis.org = org;
  const element = createElement(tag, { is: COMPONENTS[tag] });
  if ('recordId' in element) Object.assign(element, properties);
  document.querySelector('main').replaceChildren(element);
};
