/** The MQTT topics of one store, `larder/v1/{store}/…`, in one place. */

export type Topics = {
  readonly root: string;
  event(terminal: string): string;
  result(terminal: string): string;
  ack(terminal: string): string;
  status(terminal: string): string;
  readonly edgeStatus: string;
  level(item: string): string;
  menu(sku: string): string;
  alert(id: string): string;
  /** @param date delivery day, YYYY-MM-DD */
  suggestion(date: string): string;
  /** What a topic below `pos/` is, if it is one. */
  read(
    topic: string,
  ): { terminal: string; kind: 'event' | 'result' | 'ack' | 'status' } | undefined;
};

export function topicsOf(store: string): Topics {
  const root = `larder/v1/${store}`;
  return {
    root,
    event: (terminal) => `${root}/pos/${terminal}/event`,
    result: (terminal) => `${root}/pos/${terminal}/result`,
    ack: (terminal) => `${root}/pos/${terminal}/ack`,
    status: (terminal) => `${root}/pos/${terminal}/status`,
    edgeStatus: `${root}/edge/status`,
    level: (item) => `${root}/stock/level/${topicPart(item)}`,
    menu: (sku) => `${root}/stock/menu/${topicPart(sku)}`,
    suggestion: (date) => `${root}/order/suggestion/${topicPart(date)}`,
    alert: (id) => `${root}/alert/${topicPart(id)}`,
    read(topic) {
      if (!topic.startsWith(`${root}/pos/`)) return undefined;
      const parts = topic.slice(root.length + 5).split('/');
      const [terminal, kind] = parts;
      if (parts.length !== 2 || terminal === undefined) return undefined;
      if (kind !== 'event' && kind !== 'result' && kind !== 'ack' && kind !== 'status')
        return undefined;
      return { terminal, kind };
    },
  };
}

/** A code of somebody else's as one level of a topic: `+`, `#`, `/` and controls would change it. */
function topicPart(code: string): string {
  return code.replace(/[%+#/\p{Cc}]/gu, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
