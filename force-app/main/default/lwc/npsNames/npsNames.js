import betterValue from '@salesforce/label/c.NPS_Choice_Better_Value';
import easierToUse from '@salesforce/label/c.NPS_Choice_Easier_to_Use';
import fasterSupport from '@salesforce/label/c.NPS_Choice_Faster_Support';
import missingFeature from '@salesforce/label/c.NPS_Choice_Missing_Feature';
import reliability from '@salesforce/label/c.NPS_Choice_Reliability';
import detractorAcknowledgment from '@salesforce/label/c.NPS_Step_Detractor_Acknowledgment';
import detractorAcknowledgmentGrave from '@salesforce/label/c.NPS_Step_Detractor_Acknowledgment_Grave';
import detractorCall from '@salesforce/label/c.NPS_Step_Detractor_Call';
import detractorDidWeFixIt from '@salesforce/label/c.NPS_Step_Detractor_Did_We_Fix_It';
import detractorEscalateToExecutive from '@salesforce/label/c.NPS_Step_Detractor_Escalate_to_Executive';
import detractorEscalateToManager from '@salesforce/label/c.NPS_Step_Detractor_Escalate_to_Manager';
import detractorReSurvey from '@salesforce/label/c.NPS_Step_Detractor_Re_Survey';
import detractorReminder from '@salesforce/label/c.NPS_Step_Detractor_Reminder';
import detractorTellManager from '@salesforce/label/c.NPS_Step_Detractor_Tell_Manager';
import detractorTellOwner from '@salesforce/label/c.NPS_Step_Detractor_Tell_Owner';
import detractorWhatWeDid from '@salesforce/label/c.NPS_Step_Detractor_What_We_Did';
import passiveAboutYourChoice from '@salesforce/label/c.NPS_Step_Passive_About_Your_Choice';
import passiveMakeUsATen from '@salesforce/label/c.NPS_Step_Passive_Make_Us_A_Ten';
import passiveSuccessStory from '@salesforce/label/c.NPS_Step_Passive_Success_Story';
import promoterAskReminder from '@salesforce/label/c.NPS_Step_Promoter_Ask_Reminder';
import promoterAskThanks from '@salesforce/label/c.NPS_Step_Promoter_Ask_Thanks';
import promoterReferral from '@salesforce/label/c.NPS_Step_Promoter_Referral';
import promoterThankYou from '@salesforce/label/c.NPS_Step_Promoter_Thank_You';
import firstValue from '@salesforce/label/c.NPS_Trigger_First_Value';
import postResolution from '@salesforce/label/c.NPS_Trigger_Post_Resolution';
import preRenewal from '@salesforce/label/c.NPS_Trigger_Pre_Renewal';
import recovery from '@salesforce/label/c.NPS_Trigger_Recovery';
import renewalMail from '@salesforce/label/c.NPS_Trigger_Renewal_Mail';
import usageMilestone from '@salesforce/label/c.NPS_Trigger_Usage_Milestone';
import { readable } from 'c/npsWords';

const TRIGGERS = {
  First_Value: firstValue,
  Usage_Milestone: usageMilestone,
  Post_Resolution: postResolution,
  Pre_Renewal: preRenewal,
  Renewal_Mail: renewalMail,
  Recovery: recovery,
};

const STEPS = {
  Detractor_Acknowledgment: detractorAcknowledgment,
  Detractor_Acknowledgment_Grave: detractorAcknowledgmentGrave,
  Detractor_Call: detractorCall,
  Detractor_Did_We_Fix_It: detractorDidWeFixIt,
  Detractor_Escalate_to_Executive: detractorEscalateToExecutive,
  Detractor_Escalate_to_Manager: detractorEscalateToManager,
  Detractor_Re_Survey: detractorReSurvey,
  Detractor_Reminder: detractorReminder,
  Detractor_Tell_Manager: detractorTellManager,
  Detractor_Tell_Owner: detractorTellOwner,
  Detractor_What_We_Did: detractorWhatWeDid,
  Passive_About_Your_Choice: passiveAboutYourChoice,
  Passive_Make_Us_A_Ten: passiveMakeUsATen,
  Passive_Success_Story: passiveSuccessStory,
  Promoter_Ask_Reminder: promoterAskReminder,
  Promoter_Ask_Thanks: promoterAskThanks,
  Promoter_Referral: promoterReferral,
  Promoter_Thank_You: promoterThankYou,
};

const CHOICES = {
  Better_Value: betterValue,
  Easier_to_Use: easierToUse,
  Faster_Support: fasterSupport,
  Missing_Feature: missingFeature,
  Reliability: reliability,
};

// Components cannot read custom metadata: records that ship have a custom label; another one is shown by its name.
const nameAmong = (names) => (developerName) => names[developerName] ?? readable(developerName);

/** What people call a trigger, a step of a sequence, a choice, by the name of its record; empty for none. */
export const triggerName = nameAmong(TRIGGERS);
export const stepName = nameAmong(STEPS);
export const choiceName = nameAmong(CHOICES);
