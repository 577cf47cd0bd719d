import type { Schema } from '../org/schema/schema.ts';
import type { SObject } from '../org/schema/sobject.ts';
import { type EventSchema, eventSchema } from './event-schema.ts';
import { notFound } from './pubsub-error.ts';

/** A platform event that can be subscribed to and published. */
export interface Topic {
  /** `/event/NPS_Lifecycle__e` */
  name: string;
  event: string;
  schema: EventSchema;
}

export interface Topics {
  /** Throws PubSubError for a topic the org does not have. */
  named(topicName: string): Topic;
  /** Throws PubSubError for a schema no topic has. */
  schema(schemaId: string): EventSchema;
}

/** The platform events of an org's schema as topics, those included that are deployed later. */
export function topicsOf(schema: Schema): Topics {
  const known = new WeakMap<SObject, Topic>();
  const topicOf = (event: SObject): Topic => {
    const topic = known.get(event) ?? makeTopic(event);
    known.set(event, topic);
    return topic;
  };
  const all = () => schema.all().flatMap((each) => (each.kind === 'event' ? [topicOf(each)] : []));
  return {
    named(topicName) {
      const topics = all();
      const topic = topics.find((candidate) => candidate.name === topicName);
      if (topic) return topic;
      throw notFound(
        'topic.not.found',
        `The topic "${topicName}" does not exist in this org; it has ${topics.map(({ name }) => name).join(', ')}.`,
      );
    },
    schema(schemaId) {
      const topic = all().find((candidate) => candidate.schema.id === schemaId);
      if (topic) return topic.schema;
      throw notFound(
        'schema.meta.permission',
        `No event of this org has the schema "${schemaId}"; ask GetTopic for it.`,
      );
    },
  };
}

function makeTopic({ name, fields }: SObject): Topic {
  const own = fields.filter(({ custom }) => custom);
  return { name: `/event/${name}`, event: name, schema: eventSchema(name, own) };
}
