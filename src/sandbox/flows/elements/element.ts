import type { XmlElement } from '../../metadata/xml.ts';
import type { Blueprint, Namer } from '../blueprint.ts';
import type { Interview } from '../interview.ts';
import type { FlowValue } from '../values.ts';

/** Does what an element does and returns the element to go on with; undefined ends the interview. */
export type Step = (interview: Interview, run: RunSubflow) => string | undefined;

/** Runs another flow within the same transaction; returns what its resources hold in the end. Throws FlowFault. */
export type RunSubflow = (
  flowName: string,
  inputs: ReadonlyMap<string, FlowValue>,
  caller: Interview,
) => Interview['values'];

/** A kind of element: one file each. */
export interface ElementKind {
  /** Its tag in the file. */
  tag: string;
  /** Child elements it knows besides names, labels, places and connectors. */
  knows: readonly string[];
  /** Whether a flow may use it before the record is saved. */
  beforeSave: boolean;
  /** Throws Refused for what it does not know. */
  make(blueprint: Blueprint, element: XmlElement): Step;
  /** What stands under the element's name; absent when it holds nothing. */
  output?: Namer;
}
