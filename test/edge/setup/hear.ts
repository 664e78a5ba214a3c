/** What an open stream says, event by event. */
export type Heard = {
  /** The data of the next event of this name. @throws when the stream ends before */
  next(event: string): Promise<unknown>;
  close(): Promise<void>;
};

export function hear(response: Response): Heard {
  const reader = response.body?.getReader();
  if (!reader) throw new Error('no stream');
  const decoder = new TextDecoder();
  let text = '';
  async function block(): Promise<string> {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const found = text.slice(0, end);
        text = text.slice(end + 2);
        return found;
      }
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) throw new Error('the stream ended');
      text += decoder.decode(value, { stream: true });
    }
  }
  return {
    async next(event) {
      for (;;) {
        const lines = (await block()).split('\n');
        if (!lines.includes(`event: ${event}`)) continue;
        const data = lines.find((line) => line.startsWith('data: ')) ?? '';
        return JSON.parse(data.slice('data: '.length));
      }
    },
    close: () => reader.cancel(),
  };
}
