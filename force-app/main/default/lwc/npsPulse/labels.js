import andMore from '@salesforce/label/c.NPS_And_More';
import answered from '@salesforce/label/c.NPS_Answered';
import asOf from '@salesforce/label/c.NPS_As_Of';
import cannotLoad from '@salesforce/label/c.NPS_Cannot_Load';
import cut from '@salesforce/label/c.NPS_Cut';
import due from '@salesforce/label/c.NPS_Due';
import gauge from '@salesforce/label/c.NPS_Gauge';
import interval from '@salesforce/label/c.NPS_Interval';
import lastSevenDays from '@salesforce/label/c.NPS_Last_Seven_Days';
import loading from '@salesforce/label/c.NPS_Loading';
import noAnswers from '@salesforce/label/c.NPS_No_Answers';
import noAnswersHint from '@salesforce/label/c.NPS_No_Answers_Hint';
import noOpenDetractors from '@salesforce/label/c.NPS_No_Open_Detractors';
import noPromoters from '@salesforce/label/c.NPS_No_Promoters';
import notResolved from '@salesforce/label/c.NPS_Not_Resolved';
import now from '@salesforce/label/c.NPS_Now';
import openDetractors from '@salesforce/label/c.NPS_Open_Detractors';
import overdue from '@salesforce/label/c.NPS_Overdue';
import overdueSince from '@salesforce/label/c.NPS_Overdue_Since';
import people from '@salesforce/label/c.NPS_People';
import promotersToAsk from '@salesforce/label/c.NPS_Promoters_to_Ask';
import pulseTitle from '@salesforce/label/c.NPS_Pulse_Title';
import ready from '@salesforce/label/c.NPS_Ready';
import refresh from '@salesforce/label/c.NPS_Refresh';
import tryAgain from '@salesforce/label/c.NPS_Try_Again';
import usualWeek from '@salesforce/label/c.NPS_Usual_Week';
import velocity from '@salesforce/label/c.NPS_Velocity';
import waiting from '@salesforce/label/c.NPS_Waiting';
import weeks from '@salesforce/label/c.NPS_Weeks';

export const labels = {
  andMore,
  answered,
  asOf,
  cannotLoad,
  cut,
  due,
  gauge,
  interval,
  lastSevenDays,
  loading,
  noAnswers,
  noAnswersHint,
  noOpenDetractors,
  noPromoters,
  notResolved,
  now,
  openDetractors,
  overdue,
  overdueSince,
  people,
  promotersToAsk,
  pulseTitle,
  ready,
  refresh,
  tryAgain,
  usualWeek,
  velocity,
  waiting,
  weeks,
};
