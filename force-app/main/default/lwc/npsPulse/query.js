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
            Is_Counted__c: { eq: true }
            Responded_At__c: { gte: { value: $since } }
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

/** How many days back the service counts: a component cannot read its setting, but the metrics of the last night tell. */
export const WINDOW = gql`
  query npsWindow {
    uiapi {
      query {
        NPS_Metric__c(
          where: { Window_Days__c: { gt: 0 } }
          orderBy: { Measured_At__c: { order: DESC } }
          first: 1
        ) {
          edges {
            node {
              Id
              Window_Days__c { value }
            }
          }
        }
      }
    }
  }
`;
