import actions from '@salesforce/label/c.NPS_Actions';
import answersCounted from '@salesforce/label/c.NPS_Answers_Counted';
import askDone from '@salesforce/label/c.NPS_Ask_Done';
import askFollowed from '@salesforce/label/c.NPS_Ask_Followed';
import askMade from '@salesforce/label/c.NPS_Ask_Made';
import asked from '@salesforce/label/c.NPS_Asked';
import atRisk from '@salesforce/label/c.NPS_At_Risk';
import cannotLoad from '@salesforce/label/c.NPS_Cannot_Load';
import choice from '@salesforce/label/c.NPS_Choice';
import contact from '@salesforce/label/c.NPS_Contact';
import corrected from '@salesforce/label/c.NPS_Corrected';
import date from '@salesforce/label/c.NPS_Date';
import followUpDue from '@salesforce/label/c.NPS_Follow_Up_Due';
import followUpOverdue from '@salesforce/label/c.NPS_Follow_Up_Overdue';
import followedUp from '@salesforce/label/c.NPS_Followed_Up';
import history from '@salesforce/label/c.NPS_History';
import lastAsked from '@salesforce/label/c.NPS_Last_Asked';
import latestAnswer from '@salesforce/label/c.NPS_Latest_Answer';
import loading from '@salesforce/label/c.NPS_Loading';
import logExplains from '@salesforce/label/c.NPS_Log_Explains';
import logFollowUp from '@salesforce/label/c.NPS_Log_Follow_Up';
import markResolved from '@salesforce/label/c.NPS_Mark_Resolved';
import markedResolved from '@salesforce/label/c.NPS_Marked_Resolved';
import netScore from '@salesforce/label/c.NPS_Net_Score';
import never from '@salesforce/label/c.NPS_Never';
import nextStep from '@salesforce/label/c.NPS_Next_Step';
import noValue from '@salesforce/label/c.NPS_No_Value';
import nobodyAsked from '@salesforce/label/c.NPS_Nobody_Asked';
import nobodyAskedHint from '@salesforce/label/c.NPS_Nobody_Asked_Hint';
import nobodyKnown from '@salesforce/label/c.NPS_Nobody_Known';
import notAsked from '@salesforce/label/c.NPS_Not_Asked';
import notBefore from '@salesforce/label/c.NPS_Not_Before';
import note from '@salesforce/label/c.NPS_Note';
import nothingChanged from '@salesforce/label/c.NPS_Nothing_Changed';
import nothingNext from '@salesforce/label/c.NPS_Nothing_Next';
import onItsWay from '@salesforce/label/c.NPS_On_Its_Way';
import onlyNewest from '@salesforce/label/c.NPS_Only_Newest';
import optedOut from '@salesforce/label/c.NPS_Opted_Out';
import pause from '@salesforce/label/c.NPS_Pause';
import paused from '@salesforce/label/c.NPS_Paused';
import reason from '@salesforce/label/c.NPS_Reason';
import recovery from '@salesforce/label/c.NPS_Recovery';
import refresh from '@salesforce/label/c.NPS_Refresh';
import renewalMail from '@salesforce/label/c.NPS_Renewal_Mail';
import requested from '@salesforce/label/c.NPS_Requested';
import resolved from '@salesforce/label/c.NPS_Resolved';
import resume from '@salesforce/label/c.NPS_Resume';
import rollingAverage from '@salesforce/label/c.NPS_Rolling_Average';
import score from '@salesforce/label/c.NPS_Score';
import scoreHistory from '@salesforce/label/c.NPS_Score_History';
import showChart from '@salesforce/label/c.NPS_Show_Chart';
import showTable from '@salesforce/label/c.NPS_Show_Table';
import stepDone from '@salesforce/label/c.NPS_Step_Done';
import stopped from '@salesforce/label/c.NPS_Stopped';
import title from '@salesforce/label/c.NPS_Title';
import toBeAsked from '@salesforce/label/c.NPS_To_Be_Asked';
import trend from '@salesforce/label/c.NPS_Trend';
import trigger from '@salesforce/label/c.NPS_Trigger';
import tryAgain from '@salesforce/label/c.NPS_Try_Again';
import verdict from '@salesforce/label/c.NPS_Verdict';
import voidAnswer from '@salesforce/label/c.NPS_Void_Answer';
import voidExplains from '@salesforce/label/c.NPS_Void_Explains';
import wasAPerson from '@salesforce/label/c.NPS_Was_a_Person';
import whatComesNext from '@salesforce/label/c.NPS_What_Comes_Next';

export const labels = {
  actions,
  answersCounted,
  askDone,
  askFollowed,
  askMade,
  asked,
  atRisk,
  cannotLoad,
  choice,
  contact,
  corrected,
  date,
  followUpDue,
  followUpOverdue,
  followedUp,
  history,
  lastAsked,
  latestAnswer,
  loading,
  logExplains,
  logFollowUp,
  markResolved,
  markedResolved,
  netScore,
  never,
  nextStep,
  noValue,
  nobodyAsked,
  nobodyAskedHint,
  nobodyKnown,
  notAsked,
  notBefore,
  note,
  nothingChanged,
  nothingNext,
  onItsWay,
  onlyNewest,
  optedOut,
  pause,
  paused,
  reason,
  recovery,
  refresh,
  renewalMail,
  requested,
  resolved,
  resume,
  rollingAverage,
  score,
  scoreHistory,
  showChart,
  showTable,
  stepDone,
  stopped,
  title,
  toBeAsked,
  trend,
  trigger,
  tryAgain,
  verdict,
  voidAnswer,
  voidExplains,
  wasAPerson,
  whatComesNext,
};
