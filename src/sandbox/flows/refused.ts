import type { Complaint } from '../metadata/finding.ts';
import type { XmlElement } from '../metadata/xml.ts';

/** One thing in a flow that the sandbox cannot play, or that no org would take; the file is added by whoever reads it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly line: number;

  constructor(at: XmlElement, sentence: string) {
    super(sentence);
    this.line = at.line;
  }
}

/** Flows that cannot be loaded. Nothing of a flow is ever skipped, so the org does not take them at all. */
export class FlowsRefused extends Error {
  override readonly name = 'FlowsRefused';
  readonly problems: readonly Complaint[];

  constructor(problems: readonly Complaint[]) {
    super(problems.map(({ file, line, message }) => `${file}: ${message} (line ${line})`).join('\n'));
    this.problems = problems;
  }
}

/** Refuses an element that holds anything but what is named: a part that is not known is not left out silently. */
export function onlyKnown(element: XmlElement, what: string, known: readonly string[]): void {
  const stranger = element.children.find(({ name }) => !known.includes(name));
  if (stranger) throw new Refused(stranger, `The sandbox does not know <${stranger.name}> in ${what}.`);
}
