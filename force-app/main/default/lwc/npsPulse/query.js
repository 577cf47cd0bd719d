import { gql } from 'lightning/graphql';

/** The largest page GraphQL gives, and the most answers that are read before the component says that it stopped. */
export const PAGE = 2000;
export const MOST = 10_000;

export const COUNTED_ANSWERS = gql`
  query npsCountedAnswers($since: DateTime!, $after: String, $page: Int!, $most: Int!) {
    uiapi {
      query {
        NPS_Response__c(
          where: {
            Verdict__c: { in: ["Confirmed", "Accepted"] }
            Responded_At__c: { gte: { value: $since } }
            Survey__r: { Is_Test__c: { eq: false } }
          }
          orderBy: { Responded_At__c: { order: DESC } }
          first: $page
          after: $after
          upperBound: $most
        ) {
          edges {
            node {
              Id
              Response_Key__c { value }
              Score__c { value }
              Segment__c { value }
              Responded_At__c { value }
              Follow_Up_Due__c { value }
              First_Follow_Up_At__c { value }
              Advocacy_Asked_At__c { value }
              Resolved__c { value }
              Contact__c { value }
              Contact__r { Name { value } }
              Account__r { Name { value } }
            }
          }
          totalCount
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
`;
