import { gql } from 'lightning/graphql';

/** How many answers and how many invitations are shown. */
export const MOST = 50;

export const HISTORY = gql`
  query npsAccountHistory($accountId: ID!, $most: Int!) {
    uiapi {
      query {
        NPS_Response__c(
          where: { Account__c: { eq: $accountId }, Survey__r: { Is_Test__c: { eq: false } } }
          orderBy: { Responded_At__c: { order: DESC } }
          first: $most
        ) {
          edges {
            node {
              Id
              Response_Key__c { value }
              Score__c { value }
              Previous_Score__c { value }
              Segment__c { value displayValue }
              Verdict__c { value displayValue }
              Verdict_Reason__c { value }
              Verbatim__c { value }
              Responded_At__c { value }
              Trigger__c { value }
              Follow_Up_Due__c { value }
              First_Follow_Up_At__c { value }
              Resolved__c { value }
              Is_Recovery__c { value }
              Choice__c { value }
              Advocacy_Ask__c { value displayValue }
              Advocacy_Asked_At__c { value }
              Advocacy_Clicked_At__c { value }
              Advocacy_Completed__c { value }
              Sequence__c { value }
              Current_Step__c { value }
              Next_Step_Due__c { value }
              Sequence_Paused__c { value }
              Sequence_Stopped__c { value }
              Sequence_Stop_Reason__c { value }
              Steps_Done__c { value }
              Request__c { value displayValue }
              Request_Result__c { value }
              Contact__c { value }
              Contact__r { Name { value } }
              Survey__c { value }
            }
          }
          pageInfo { hasNextPage }
        }
        NPS_Survey__c(
          where: { Account__c: { eq: $accountId }, Is_Test__c: { eq: false } }
          orderBy: { CreatedDate: { order: DESC } }
          first: $most
        ) {
          edges {
            node {
              Id
              Trigger__c { value }
              Status__c { value displayValue }
              Kind__c { value }
              Sent_At__c { value }
              Not_Before__c { value }
              Suppression_Reason__c { value }
              CreatedDate { value }
              Contact__r { Name { value } }
            }
          }
          pageInfo { hasNextPage }
        }
      }
    }
  }
`;
