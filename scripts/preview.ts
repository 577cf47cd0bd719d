// `npm run preview -- --account ID --trigger NAME [--contact ID] [--dry-run | --test-send ADDRESS]`: an account's mail as it
// would be. Without --test-send it writes nothing but a file on this machine.
import { parseArgs } from 'node:util';
import { openForAdmin } from '../src/admin.ts';
import type { RehearsalOptions } from '../src/loop/ports.ts';
import { fullRecordId, isRecordId } from '../src/nps/moment.ts';
import { configAtHand } from './config-at-hand.ts';
import { previewText } from './preview/preview-text.ts';
import { showMail } from './preview/show-mail.ts';

const USAGE = 'npm run preview -- --account ID --trigger NAME [--contact ID] [--dry-run | --test-send you@example.com]';

try {
  const { options, dryRun, testSend } = wishes();
  const admin = await openForAdmin(configAtHand());
  try {
    if (testSend === undefined) {
      const rehearsal = await admin.rehearse(options);
      if (dryRun) process.stdout.write(`${rehearsal.sentence}\n`);
      else process.stdout.write(previewText(rehearsal, rehearsal.letter && showMail(rehearsal.letter)));
    } else {
      const { surveyKey, letter } = await admin.testSend(options, testSend);
      process.stdout.write(
        `"${letter.subject}" was sent to ${testSend}. It is a test, survey ${surveyKey}: its answer counts nowhere.\n`,
      );
    }
  } finally {
    admin.close();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function wishes(): { options: RehearsalOptions; dryRun: boolean; testSend: string | undefined } {
  const { values } = parseArgs({
    options: {
      ...{ account: { type: 'string' }, trigger: { type: 'string' }, contact: { type: 'string' } },
      ...{ 'dry-run': { type: 'boolean', default: false }, 'test-send': { type: 'string' } },
    },
  });
  const { account, trigger, contact, 'dry-run': dryRun, 'test-send': testSend } = values;
  if (!account || !isRecordId(account)) throw new Error(`--account is the id of an account. Usage: ${USAGE}`);
  if (!trigger) throw new Error(`--trigger is the name of an NPS Trigger record, such as First_Value. Usage: ${USAGE}`);
  if (dryRun && testSend !== undefined) throw new Error(`--dry-run sends nothing, --test-send sends. Usage: ${USAGE}`);
  const contactId = contact === undefined ? undefined : fullRecordId(contact);
  return { options: { accountId: fullRecordId(account), trigger, contactId }, dryRun, testSend };
}
