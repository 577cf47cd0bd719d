/** A customer as the seed tells of it; every name is invented. Days count from the clock's first start. */
export interface Customer {
  name: string;
  domain: string;
  industry: string;
  /** In the company's currency; null where nobody wrote it down. */
  paysAYear: number | null;
  employees: number;
  city: string;
  country: string;
  /** NPS_CSM__c; without one the owner is the CSM. */
  csm?: string;
  owner: string;
  sinceDaysAgo: number;
  /** With the end of its contract. */
  hasLeft?: true;
  takesNoSurveys?: true;
  people: Person[];
  contract: { startsInDays: number; months: number } | { endsInDays: number; months: number };
  cases?: Case[];
  opportunities?: Opportunity[];
  /** What the service makes of the answers, as far as that is more than counting. */
  standing?: { trend: 'Improving' | 'Stable' | 'Declining' | 'Not enough data'; atRisk?: string };
  surveys?: PastSurvey[];
}

export interface Person {
  firstName: string;
  lastName: string;
  title: string;
  /** The part before the @ of the customer's domain; a contact without it has no address. */
  mailbox?: string;
  hasOptedOut?: true;
}

interface Case {
  subject: string;
  priority: 'High' | 'Medium' | 'Low';
  openedDaysAgo: number;
  closedDaysAgo?: number;
  isEscalated?: true;
}

/** One that is called a renewal is one. */
interface Opportunity {
  name: string;
  stage: 'Closed Won' | 'Closed Lost' | 'Qualification' | 'Proposal/Price Quote' | 'Negotiation/Review';
  amount: number;
  closesInDays: number;
  isNew?: true;
}

/** A decision from before the sandbox's time. */
export interface PastSurvey {
  daysAgo: number;
  /** A recovery asks once more after what the same contact answered last. */
  trigger: 'First_Value' | 'Usage_Milestone' | 'Post_Resolution' | 'Pre_Renewal' | 'Recovery';
  /** Which of the customer's people was asked. */
  contact: number;
  /** Why nobody was asked. */
  suppressed?: Suppression;
  hasBounced?: true;
  /** Without one nobody answered. */
  answer?: PastAnswer;
}

export type Suppression =
  | 'ACCOUNT_ASKED_RECENTLY'
  | 'ACCOUNT_OPTED_OUT'
  | 'ACCOUNT_TOO_YOUNG'
  | 'CHURNED'
  | 'EMAIL_OPTED_OUT'
  | 'NO_ADDRESS'
  | 'NO_CSM'
  | 'OPEN_ESCALATION';

export interface PastAnswer {
  score: number;
  /** Confirmed unless told otherwise. */
  verdict?: { is: 'Unresolved' | 'Void'; because: string };
  verbatim?: string;
  /** What the comment is about, by the company's themes. */
  themes?: string;
  /** Hours after which the CSM was on the phone. */
  followedUpAfter?: number;
  did?: string;
  resolved?: true;
  /** The customer wrote back to the acknowledgment. */
  hasReplied?: true;
  /** What a passive chose to make it a 10. */
  choice?: 'Better_Value' | 'Easier_to_Use' | 'Faster_Support' | 'Missing_Feature' | 'Reliability';
  /** What a promoter was asked for. */
  asked?: 'AppExchange Review' | 'G2 Review' | 'Case Study' | 'Referral';
  /** Did what was asked, or recommended us unasked. */
  hasSpokenForUs?: true;
}
