/** What happened since the answer. */
export interface Happened {
  paused: boolean;
  replied: boolean;
  /** Somebody of us has acted; see `firstFollowUp`. */
  followedUp: boolean;
  ownerIsCsm: boolean;
  actionsTaken: boolean;
  resolved: boolean;
  optedOut: boolean;
  bounced: boolean;
  /** The contact is gone, or has no address any more. */
  unreachable: boolean;
  newCase: boolean;
  lostOpportunity: boolean;
  answeredAgain: boolean;
  /** The customer chose, or followed an ask. That is no reply: a sequence goes on with it. */
  accepted: boolean;
  askOpen: boolean;
  /** An ask was followed, or the CSM says that one was done. */
  askFollowed: boolean;
  /** The account may still be asked for a referral. */
  referralLeft: boolean;
  /** The settings have a success story. */
  storyToTell: boolean;
  /** Names of steps that were taken and are not told to be done yet. */
  underWay: readonly string[];
  /** The re-survey was asked for, and Salesforce took no decision about it. */
  reSurveyRefused: boolean;
}

export const NOTHING_HAPPENED: Happened = {
  paused: false,
  replied: false,
  followedUp: false,
  ownerIsCsm: true,
  actionsTaken: false,
  resolved: false,
  optedOut: false,
  bounced: false,
  unreachable: false,
  newCase: false,
  lostOpportunity: false,
  answeredAgain: false,
  accepted: false,
  askOpen: false,
  askFollowed: false,
  referralLeft: false,
  storyToTell: false,
  underWay: [],
  reSurveyRefused: false,
};
