import { readFileSync } from 'node:fs';
import { defects } from 'test/defects/defects';

/** Every defect changes a line that is there, once: a change of that line must bring its defect along. */
export const checkDefects = (): readonly string[] =>
  defects.flatMap(({ name, file, find }) => {
    const found = readFileSync(file, 'utf8').split(find).length - 1;
    return found === 1 ? [] : [`${name}: its line is in ${file} ${found} times`];
  });
