// After how many milliseconds the app is asked again for what it does not know yet.
const patience = [2000, 4000, 8000] as const;

/** Asks, and asks again some times while the answer is still to come; `wait` is told so. Throws as `ask` does. */
export const askUntil = async <Answer>(
  ask: () => Promise<Answer>,
  isKnown: (answer: Answer) => boolean,
  wait: () => void = () => undefined,
): Promise<Answer> => {
  let answer = await ask();
  for (const ms of patience) {
    if (isKnown(answer)) break;
    wait();
    await new Promise((resolve) => setTimeout(resolve, ms));
    answer = await ask();
  }
  return answer;
};
