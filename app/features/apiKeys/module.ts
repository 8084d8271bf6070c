import type { Wing } from '../wing';

/** Keys with which other systems read the program. Whether one is in force is asked by the door, `http/api`. */
export const apiKeys: Wing = {
  name: 'apiKeys',
  tables: [
    {
      name: 'api_key',
      erasure: {
        customer: { nothing: 'a key of the merchant’s' },
        keeps: ['name', 'hash', 'hint', 'by'],
        store: 'program',
      },
      // A key opens what it is given for: nobody takes it along.
      exportedBy: null,
    },
  ],
};
