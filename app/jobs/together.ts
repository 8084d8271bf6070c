/** What was asked for could not be written while somebody waited for it; it is dropped, and may be asked for again. */
class TooLate extends Error {
  readonly code = 'ETIMEDOUT';
}

type Asked<Item> = {
  readonly items: readonly Item[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
};

/**
 * Gathers what is asked for while a write is under way and writes it with the next one: under load many
 * requests share a round trip and a commit, and each is answered only when its own part is stored. When a
 * shared write fails, its parts are written alone, so that one cannot spoil the others.
 *
 * What waits longer than `patienceMs` is refused and dropped: whoever asked has given up by then and will ask again,
 * and a database that comes back is not kept busy with what nobody waits for.
 */
export const together = <Item>(
  write: (items: readonly Item[]) => Promise<void>,
  patienceMs: number,
): ((items: readonly Item[]) => Promise<void>) => {
  const waiting = new Set<Asked<Item>>();
  let writing = false;

  const writeAlone = async ({ items, done, failed }: Asked<Item>): Promise<void> => write(items).then(done, failed);

  const flush = async (): Promise<void> => {
    writing = true;
    while (waiting.size > 0) {
      const batch = [...waiting];
      waiting.clear();
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
    new Promise((resolve, reject) => {
      const settle =
        <Values extends readonly unknown[]>(then: (...values: Values) => void) =>
        (...values: Values): void => {
          clearTimeout(timer);
          then(...values);
        };
      const asked: Asked<Item> = { items, done: settle(resolve), failed: settle(reject) };
      const timer = setTimeout(() => {
        if (waiting.delete(asked)) reject(new TooLate(`The queue could not take it within ${patienceMs} ms.`));
      }, patienceMs);
      waiting.add(asked);
      if (!writing) void flush();
    });
};
