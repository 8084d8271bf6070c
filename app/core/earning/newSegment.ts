import type { z } from 'zod';
import type { segmentsSchema } from './section';

/** A new group of customers as the editor offers it: its tags are still to be named. */
export const newSegment = (id: string): z.infer<typeof segmentsSchema>[number] => ({
  id,
  name: {
    en: 'New segment',
    it: 'Nuovo segmento',
    de: 'Neues Segment',
    fr: 'Nouveau segment',
    es: 'Nuevo segmento',
  },
  customerTags: [],
});
