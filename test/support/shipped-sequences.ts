import { sequencesOf } from '../../src/nps/sequence-step.ts';
import type { Row } from '../../src/salesforce/calls.ts';
import { stepOf } from '../../src/salesforce/sequence-steps.ts';
import { readMetadataRecords } from '../../src/sandbox/org/schema/metadata-records.ts';
import { filesOf, rawText } from '../force-app/metadata.ts';

/** The sequences as they ship. */
export function shippedSequences() {
  const files = filesOf('md').map(({ path }) => ({ path, text: rawText(path) }));
  const records = readMetadataRecords(files).filter(({ type }) => type === 'NPS_Sequence_Step__mdt');
  return sequencesOf(
    records.flatMap(({ developerName, fields }) => stepOf({ DeveloperName: developerName, ...fields } as Row)),
  );
}
