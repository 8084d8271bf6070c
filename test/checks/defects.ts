import { readFileSync } from 'node:fs';
import { defects } from 'test/defects/defects';
import { locate } from 'test/defects/locate';

/** Every defect changes a line that is there, once: a change of that line must bring its defect along. */
export const checkDefects = (): readonly string[] =>
  defects.flatMap(({ name, file, find }) => {
    const found = locate(readFileSync(file, 'utf8'), find).length;
    return found === 1 ? [] : [`${name}: its line is in ${file} ${found} times`];
  });
