/** The queue of jobs that could not be done. */
export const deadLetters = 'dead-letters';
