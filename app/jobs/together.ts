/**
 * Gathers what is asked for while a write is under way and writes it with the next one: under load many
 * requests share a round trip and a commit, and each is answered only when its own part is stored. When a
 * shared write fails, its parts are written alone, so that one cannot spoil the others.
 */
export const together = <Item>(write: (items: readonly Item[]) => Promise<void>): ((items: readonly Item[]) => Promise<void>) => {
  type Asked = { readonly items: readonly Item[]; readonly done: () => void; readonly failed: (error: unknown) => void };
  let waiting: Asked[] = [];
  let writing = false;

  const writeAlone = async ({ items, done, failed }: Asked): Promise<void> => write(items).then(done, failed);

  const flush = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await write(batch.flatMap(({ items }) => items));
        for (const { done } of batch) done();
      } catch (error) {
        if (batch.length === 1) batch[0]?.failed(error);
        else for (const asked of batch) await writeAlone(asked);
      }
    }
    writing = false;
  };

  return (items) =>
    new Promise((done, failed) => {
      waiting.push({ items, done, failed });
      if (!writing) void flush();
    });
};
