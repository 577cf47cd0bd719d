import { MINUTE_MS } from '../nps/days.ts';
import { isProposal, letterOf, type Proposal, type SurveyLink } from '../nps/link.ts';
import { isScanner } from '../nps/verdict.ts';
import type { DeskParts } from './answer.ts';
import type { Accepted, Item, Log, OpenedProposal, ProposalDesk, Spool } from './ports.ts';
import { linkReader } from './read-link.ts';

type ProposalLink = SurveyLink & { choice: Proposal };

/**
 * Takes what customers accept of what mails propose: a choice, or an ask. Opening the link never does, the button of
 * its page does. Pressed by a person it counts at once. A form that arrives without proof of a person waits as long as
 * such an answer does, and then counts unless whoever posted it went through the survey's links as scanners do.
 */
export function proposalDesk(parts: DeskParts): ProposalDesk {
  const { spool, clock, wording } = parts;
  const { read, words } = linkReader(parts);

  const opened = ({ choice: proposal, language }: ProposalLink): OpenedProposal => {
    if ('ask' in proposal) {
      const { ask } = proposal;
      return { kind: 'ask', ask, leadsTo: wording().destination(ask), ...words(language) };
    }
    const { text: label, language: labelLanguage } = wording().choice(proposal.choice, language);
    return { kind: 'choice', label, labelLanguage, ...words(language) };
  };

  return {
    openProposal(token) {
      const link = read(token, isProposal);
      return 'problem' in link ? link : opened(link);
    },

    async accept(token, { gesture, visitor }) {
      const link = read(token, isProposal);
      if ('problem' in link) return link;
      const { surveyKey, accountId, choice: proposal } = link;
      const shown = opened(link);
      const at = clock.now();
      const poster = gesture ? undefined : visitor();
      const about = { surveyKey, at: at.toISOString(), ...(poster !== undefined && { visitor: poster }) };
      const accepted: Accepted =
        'ask' in proposal
          ? { kind: 'ask-followed', ...about, ask: proposal.ask, promised: shown.kind === 'ask' && !shown.leadsTo }
          : { kind: 'chosen', ...about, choice: proposal.choice };
      const letter = letterOf(proposal);
      const waits = poster === undefined ? 0 : wording().quarantineMinutes * MINUTE_MS;
      await Promise.all([
        spool.put([
          {
            lane: 'receipt',
            key: `${at.getTime()}:${surveyKey}:${letter}`,
            accountId,
            payload: accepted,
            dueAt: new Date(at.getTime() + waits),
          },
        ]),
        poster !== undefined && spool.observe({ surveyKey, link: letter, kind: 'posted', visitor: poster, at }),
      ]);
      return shown;
    },
  };
}

/** The receipts without what link scanners accepted, and those of scanners, which count for nothing. */
export async function withoutScanners(
  items: readonly Item<'receipt'>[],
  { spool, log }: { spool: Spool; log: Log },
): Promise<{ people: Item<'receipt'>[]; scanners: Item<'receipt'>[] }> {
  const unproved = items.filter(({ payload }) => visitorOf(payload) !== undefined);
  if (unproved.length === 0) return { people: [...items], scanners: [] };
  const hits = await spool.hits([...new Set(unproved.map(({ payload }) => payload.surveyKey))]);
  const byScanner = ({ payload }: Item<'receipt'>) => {
    const visitor = visitorOf(payload);
    const seen = hits.filter(({ surveyKey }) => surveyKey === payload.surveyKey);
    return visitor !== undefined && isScanner(visitor, seen);
  };
  const scanners = items.filter(byScanner);
  for (const { payload } of scanners)
    log.info(
      { receipt: payload.kind, survey: payload.surveyKey },
      'A link scanner posted a form; it counts for nothing.',
    );
  return { people: items.filter((item) => !scanners.includes(item)), scanners };
}

function visitorOf(receipt: Item<'receipt'>['payload']): string | undefined {
  return receipt.kind === 'chosen' || receipt.kind === 'ask-followed' ? receipt.visitor : undefined;
}
