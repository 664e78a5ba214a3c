/** The bus as AsyncAPI 3.0, from the table of topics and the wire schemas. */
import { TOPICS, type Topic } from './api-topics.ts';
import { Components, type JsonSchema } from './schemas.ts';

const BINDING = '0.2.0';

export type AsyncApi = {
  readonly asyncapi: string;
  readonly channels: Readonly<Record<string, Channel>>;
  readonly operations: Readonly<Record<string, JsonSchema>>;
  readonly components: {
    readonly messages: Readonly<Record<string, JsonSchema>>;
    readonly schemas: Readonly<Record<string, JsonSchema>>;
  } & JsonSchema;
} & JsonSchema;

export type Channel = { readonly address: string; readonly description: string } & JsonSchema;

/** @param store the store whose topics they are; a level of each */
export function asyncApi(store: string): AsyncApi {
  const components = new Components();
  const messages = Object.fromEntries(
    TOPICS.map((topic) => [topic.name, messageOf(components, topic)]),
  );
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Larder on the bus',
      version: 'v1',
      description:
        'MQTT 3.1.1, QoS 1, UTF-8 JSON of at most 64 KiB. A PUBACK of the embedded broker means: on disk. ' +
        'With another broker, trust `result` and `ack`.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      box: {
        host: '127.0.0.1:1883',
        protocol: 'mqtt',
        protocolVersion: '3.1.1',
        description: 'the embedded broker; a terminal signs in with its own user name and password',
        security: [{ $ref: '#/components/securitySchemes/terminal' }],
      },
    },
    channels: Object.fromEntries(TOPICS.map((topic) => [topic.name, channelOf(store, topic)])),
    operations: Object.fromEntries(TOPICS.flatMap(operationsOf)),
    components: {
      messages,
      schemas: components.schemas,
      securitySchemes: { terminal: { type: 'userPassword' } },
    },
  };
}

function channelOf(store: string, topic: Topic): Channel {
  return {
    address: `larder/v1/${store}/${topic.address}`,
    description: topic.words.en,
    'x-description-zh': topic.words.zh,
    messages: { [topic.name]: { $ref: `#/components/messages/${topic.name}` } },
    ...(Object.keys(topic.parameters).length > 0
      ? {
          parameters: Object.fromEntries(
            Object.entries(topic.parameters).map(([name, { en }]) => [name, { description: en }]),
          ),
        }
      : {}),
  };
}

/** From the box's point of view: it receives what a terminal writes. */
function operationsOf(topic: Topic): [string, JsonSchema][] {
  return topic.box.map((action) => [
    `${action}${topic.name.charAt(0).toUpperCase()}${topic.name.slice(1)}`,
    {
      action,
      channel: { $ref: `#/channels/${topic.name}` },
      summary: topic.words.en,
      bindings: { mqtt: { qos: 1, retain: topic.retain, bindingVersion: BINDING } },
      messages: [{ $ref: `#/channels/${topic.name}/messages/${topic.name}` }],
    },
  ]);
}

function messageOf(components: Components, topic: Topic): JsonSchema {
  return {
    name: topic.name,
    title: topic.words.en,
    contentType: 'application/json',
    payload: components.ref(topic.schema),
    bindings: {
      mqtt: { payloadFormatIndicator: 1, contentType: 'application/json', bindingVersion: BINDING },
    },
    examples: Object.entries(topic.examples).map(([name, payload]) => ({ name, payload })),
  };
}
